"""python-ironicclient as a library, which asks for an older version of the API than the CLI."""

import pytest
from ironicclient import client, exc


@pytest.fixture(scope="module")
def ironic(conductor):
    return client.get_client(1, endpoint=conductor.url, auth_type="none", max_retries=0)


def test_a_node_method_is_called(ironic, fake):
    answer = ironic.node.vendor_passthru(fake, "echo", args={"a": 1})
    assert answer.to_dict() == {"a": 1}


def test_a_driver_method_is_called(ironic):
    answer = ironic.driver.vendor_passthru("example", "authentication_types", http_method="GET")
    assert answer.to_dict() == {"types": ["NONE", "MD5", "MD2"]}


def test_methods_are_listed(ironic, example):
    assert ironic.node.get_vendor_passthru_methods(example).keys() == {"send_raw"}
    assert ironic.driver.get_vendor_passthru_methods("example").keys() == {"authentication_types"}


def test_errors_are_the_clients_own(ironic, example):
    with pytest.raises(exc.BadRequest, match="raw_bytes` is missing"):
        ironic.node.vendor_passthru(example, "send_raw", args={})
    with pytest.raises(exc.NotFound, match="no driver `nothing`"):
        ironic.driver.vendor_passthru("nothing", "anything")
