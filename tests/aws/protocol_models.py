"""Turns one file of protocol compliance cases into what tests/aws/protocol_test.cpp reads.

usage: protocol_models.py MAKE_MODELS CASES

Every case gets the compact table of its own little model, written by scripts/make-models itself: so the tests
cover the generator too. Output: [{"id", "operation", "table", "case"}, ...] as JSON.
"""
import importlib.machinery
import importlib.util
import json
import sys


def load(path):
    loader = importlib.machinery.SourceFileLoader("make_models", path)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("make_models", loader))
    loader.exec_module(module)
    return module


def tables(make_models, groups):
    for group in groups:
        shapes = group["shapes"]
        for case in group["cases"]:
            given = dict(case["given"])
            metadata = dict(group["metadata"], endpointPrefix="test")
            # In these files an answer's namespace is not said; the writers of tests put it into the bodies.
            errors = [name for name, shape in shapes.items() if shape.get("exception")]
            given["errors"] = [{"shape": name} for name in errors]
            model = {"metadata": metadata, "operations": {given["name"]: given}, "shapes": shapes}
            table = make_models.Table("test", model, {}).build({given["name"]})
            facts = {key: value for key, value in case.items() if key != "given"}
            facts["clientEndpoint"] = group.get("clientEndpoint") or ""
            yield {"id": case["id"], "operation": given["name"], "table": make_models.write(table), "case": facts}


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    with open(sys.argv[2], encoding="utf-8") as file:
        json.dump(list(tables(load(sys.argv[1]), json.load(file))), sys.stdout)
