use vendor_passthru::prelude::*;

fn flash_firmware(_task: &Task) {}

fn send_raw(task: &Task<Validating>) {
    flash_firmware(task);
}

fn main() {}
