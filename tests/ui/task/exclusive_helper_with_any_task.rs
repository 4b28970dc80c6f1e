use vendor_passthru::prelude::*;

fn flash_firmware(_task: &Task) {}

fn send_raw<L>(task: &Task<L>) {
    flash_firmware(task);
}

fn main() {}
