"""`baremetal node passthru` and `baremetal driver passthru`, as operators type them."""

import json


def succeeds(conductor, *arguments):
    code, printed = conductor.baremetal(*arguments)
    assert code == 0, printed
    return printed


def fails(conductor, *arguments):
    code, printed = conductor.baremetal(*arguments)
    assert code == 1, printed
    return printed


def test_node_passthru_list_shows_what_the_driver_declares(conductor, example):
    printed = succeeds(conductor, "node", "passthru", "list", example, "-f", "json")
    [method] = json.loads(printed)
    assert method["Name"] == "send_raw"
    assert method["Supported HTTP methods"] == "POST"
    assert method["Async"] is True
    assert method["Description"] == "Send raw bytes to the BMC."
    assert method["Response is attachment"] is False


def test_node_passthru_call_runs_an_asynchronous_method(conductor, example):
    succeeds(conductor, "node", "passthru", "call", example, "send_raw", "--arg", "raw_bytes=0x01 0x02")


def test_node_passthru_call_prints_the_answer_of_a_synchronous_one(conductor, fake):
    printed = succeeds(conductor, "node", "passthru", "call", fake, "echo", "--arg", "a=1", "--arg", "b=x")
    assert "a" in printed and "1" in printed and "x" in printed


def test_node_passthru_call_takes_another_verb(conductor, fake):
    # The client drops arguments on GET and cannot print bytes: what counts is the verb that arrives.
    printed = fails(conductor, "node", "passthru", "call", fake, "echo", "--http-method", "GET")
    assert "does not support HTTP GET; it supports POST" in printed


def test_driver_passthru_list_shows_what_the_driver_declares(conductor):
    printed = succeeds(conductor, "driver", "passthru", "list", "example", "-f", "json")
    [method] = json.loads(printed)
    assert method["name"] == "authentication_types"
    assert method["http_methods"] == "GET"
    assert method["async"] is False


def test_driver_passthru_call_gets_the_answer(conductor):
    # The command fails on any answer of any server when it wants to print it ("keys"), after the
    # call itself: what came is seen with --debug.
    printed = fails(
        conductor, "--debug",
        "driver", "passthru", "call", "example", "authentication_types", "--http-method", "GET",
    )
    assert '{"types":["NONE","MD5","MD2"]}' in printed
    assert printed.rstrip().splitlines()[-1] == "AttributeError: keys"
    assert "HTTP 4" not in printed and "HTTP 5" not in printed


def test_an_unknown_method_is_named_with_those_there_are(conductor, example):
    printed = fails(conductor, "node", "passthru", "call", example, "send_row")
    assert "no vendor method `send_row`; did you mean `send_raw`?" in printed
    assert "(HTTP 400)" in printed
    printed = fails(conductor, "driver", "passthru", "call", "example", "nothing")
    assert "no vendor method `nothing`" in printed and "(HTTP 400)" in printed


def test_a_wrong_verb_is_refused(conductor, example):
    printed = fails(conductor, "node", "passthru", "call", example, "send_raw", "--http-method", "DELETE")
    assert "does not support HTTP DELETE" in printed and "(HTTP 400)" in printed
    printed = fails(conductor, "driver", "passthru", "call", "example", "authentication_types")
    assert "does not support HTTP POST" in printed and "(HTTP 400)" in printed


def test_a_missing_argument_is_named(conductor, example):
    printed = fails(conductor, "node", "passthru", "call", example, "send_raw")
    assert "`$.raw_bytes` is missing" in printed and "(HTTP 400)" in printed


def test_an_unknown_node_is_not_found(conductor):
    printed = fails(conductor, "node", "passthru", "call", "no-such-node", "send_raw")
    assert "node `no-such-node` could not be found" in printed and "(HTTP 404)" in printed


def test_an_unknown_driver_is_not_found(conductor):
    for verb in (["list"], ["call"]):
        method = ["anything"] if verb == ["call"] else []
        printed = fails(conductor, "driver", "passthru", *verb, "no-such-driver", *method)
        assert "no driver `no-such-driver`" in printed and "(HTTP 404)" in printed


def test_a_locked_node_says_who_holds_it(conductor):
    node = conductor.nodes_of("fake-hardware")[1]
    path = f"/v1/nodes/{node}/vendor_passthru/sleep_async"
    assert conductor.post(path, {"seconds": 10}) == 202
    printed = fails(
        conductor, "--max-retries", "0",
        "node", "passthru", "call", node, "third_method_sync", "--arg", "bar=meow",
    )
    assert "is locked by conductor" in printed and "`sleep_async`" in printed
    assert "(HTTP 409)" in printed


def test_the_clients_find_nodes_and_drivers(conductor, example):
    assert example in succeeds(conductor, "node", "list")
    assert example in succeeds(conductor, "node", "show", example)
    assert "fake-hardware" in succeeds(conductor, "driver", "list")
    assert "example" in succeeds(conductor, "driver", "show", "example")


def test_a_client_from_the_future_negotiates_its_version(conductor, example):
    printed = succeeds(
        conductor, "--os-baremetal-api-version", "latest", "node", "passthru", "list", example
    )
    assert "send_raw" in printed
