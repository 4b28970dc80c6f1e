use vendor_passthru::prelude::*;

#[passthru(methods = ["POST"])]
const RAW_BYTES: [u8; 2] = [1, 2];

fn main() {
    let _ = RAW_BYTES;
}
