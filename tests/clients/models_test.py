"""The tables of models/ against the models that boto3 brings along: operations, where they are asked for, members and their places."""
import re

from boto_models import ModelTest, tables

PLACES = {"uri": "@path", "querystring": "@query", "header": "@header", "headers": "@headers", "statusCode": "@status"}


def asked_at(text):
    """A method and an address without the names of its labels, which differ where one model is younger."""
    return re.sub(r"\{\w+(\+?)\}", r"{\1}", text).rstrip("/")


class TablesTest(ModelTest):
    def test_most_operations_are_known_to_boto3(self):
        self.assertGreater(len(list(self.known())), 350)

    def test_operations_are_asked_for_at_the_same_address(self):
        ours, theirs = {}, {}
        for name, _, row, operation in self.known():
            if "http" not in row:
                continue
            ours[name] = asked_at(row["http"])
            theirs[name] = asked_at(f"{operation.http['method']} {operation.http['requestUri']}")

        self.assertEqual(ours, theirs)

    def test_no_member_is_missing_or_elsewhere(self):
        wrong = []
        for name, table, row, operation in self.known():
            for side, shape in (("in", operation.input_shape), ("out", operation.output_shape)):
                members = table["shapes"][row[side]]["members"] if side in row else {}
                for member, theirs in (shape.members if shape else {}).items():
                    place = PLACES.get(theirs.serialization.get("location"))
                    ours = next((one for one in PLACES.values() if one in members.get(member, "").split()), None)
                    if member not in members or ours != place:
                        wrong.append((name, side, member, members.get(member)))

        self.assertEqual(wrong, [])

    def test_a_protocol_is_the_same(self):
        for table, service in tables():
            with self.subTest(table["service"]):
                theirs = service.metadata["protocol"]
                if theirs == "json":
                    theirs += service.metadata["jsonVersion"]
                self.assertEqual(table["protocol"].replace("-1.", "1.").replace("_", ""), theirs)
                self.assertEqual(table["version"], service.api_version)
