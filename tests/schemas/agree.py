"""Holds schemas/ to what the readers of src/center say.

Every file of the template and of the workshop's repository must be valid. Of the golden cases, a file must be refused by
its schema exactly when the reader found something in it that a schema can say.
"""
import json
import re
import sys
from pathlib import Path

try:
    import jsonschema
except ImportError:
    print("skipped: python3-jsonschema is not installed")
    sys.exit(77)

ROOT = Path(sys.argv[1])
# Wrong type, missing, unknown, not allowed, wrong form, out of range, not delivered. (A name given twice, a reference to
# nothing and the like are beyond a schema.)
SAYABLE = {"TL-C002", "TL-C003", "TL-C004", "TL-C005", "TL-C006", "TL-C007", "TL-C009",
           "TL-F003"}
FLOWS = {"amzconnect-admin-objects/flow-modules/*.json": "amzconnect-contact-flows/lib/callflows/*.json"}


def load_schemas():
    schemas = {}
    for path in sorted((ROOT / "schemas").glob("*.schema.json")):
        schema = json.loads(path.read_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        schemas[schema["title"]] = jsonschema.Draft202012Validator(schema)
    for path, like in FLOWS.items():
        schemas[path] = schemas[like]
    return schemas


def to_pattern(title):
    return re.compile(re.sub(r"<[a-z]+>|\\\*", "[^/]+", re.escape(title)) + "$")


def schema_of(schemas, path):
    """The schema for a path in a monorepo, the most precise title first; None for files of other kinds."""
    if re.fullmatch(r"amzconnect-[a-z-]+/devops\.json", path):
        path = path.replace("/devops.json", "/env/devops.json")
    for title in sorted(schemas, key=lambda title: title.count("<") + title.count("*")):
        if to_pattern(title).match(path):
            return schemas[title]
    return None


def lenient(text):
    """JSON as the readers take it: with comments and trailing commas."""
    outside = re.split(r'("(?:[^"\\]|\\.)*")', text)
    for i in range(0, len(outside), 2):
        outside[i] = re.sub(r"//[^\n]*|/\*.*?\*/", "", outside[i], flags=re.S)
    joined = "".join(outside)
    return json.loads(re.sub(r",(\s*[\]}])", r"\1", joined))


def check_repository(schemas, folder):
    checked, problems = 0, []
    for path in sorted(folder.rglob("*.json")):
        below = path.relative_to(folder).as_posix()
        schema = schema_of(schemas, below)
        if schema is None:
            continue
        checked += 1
        for error in schema.iter_errors(lenient(path.read_text())):
            problems.append(f"{below}: the reader takes it, its schema says: {error.message[:200]}")
    return checked, problems


def read_case(path):
    files, name = {}, None
    for line in path.read_text().split("\n"):
        if line.startswith("--- "):
            name = line[4:]
            files[name] = ""
        elif name is not None:
            files[name] += line + "\n"
    return files


def check_case(schemas, path):
    said = path.with_suffix(".txt").read_text()
    checked, problems = 0, []
    for name, text in read_case(path).items():
        schema = schema_of(schemas, name)
        if schema is None:
            continue
        messages = [line for line in said.split("\n") if line.startswith(f"repo/{name}:")]
        if any("TL-J001" in line for line in messages):
            continue
        codes = {code for line in messages for code in re.findall(r"error: .*\[(TL-[CF]\d+)\]$", line)}
        refused = not schema.is_valid(lenient(text))
        checked += 1
        if refused != bool(codes & SAYABLE):
            problems.append(f"{path.name}: {name}: the schema {'refuses' if refused else 'takes'} it, "
                            f"the reader said {sorted(codes)}")
    return checked, problems


def main():
    schemas = load_schemas()
    checked, problems = 0, []
    for folder in (ROOT / "templates" / "acme", ROOT / "tests" / "data" / "workshop"):
        count, found = check_repository(schemas, folder)
        checked, problems = checked + count, problems + found
    for path in sorted((ROOT / "tests" / "golden" / "center").glob("*.in")):
        count, found = check_case(schemas, path)
        checked, problems = checked + count, problems + found
    for problem in problems:
        print(problem)
    print(f"{checked} files, {len(problems)} disagreements")
    if checked < 50:
        print("expected at least 50 files: the samples are not where this test looks for them")
        return 1
    return 1 if problems else 0


sys.exit(main())
