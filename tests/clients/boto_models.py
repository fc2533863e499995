"""ModelTest: the tables of models/ beside the models that boto3 brings along."""
import json
import pathlib
import unittest

import botocore.session

from running_cloud import SOURCE

SESSION = botocore.session.get_session()


# boto3 1.26 speaks to these by the Query protocol; their JSON protocol is younger.
THEIRS = {"sqs": None, "sqs-query": "sqs", "cloudwatch": None, "cloudwatch-query": "cloudwatch"}


def tables():
    """(table, boto3's model of the same service) of all services that have a table with operations."""
    for path in sorted(pathlib.Path(SOURCE, "models").glob("*.json")):
        table = json.loads(path.read_text())
        theirs = THEIRS.get(path.stem, path.stem)
        if table["operations"] and theirs in SESSION.get_available_services():
            yield table, SESSION.get_service_model(theirs)


class ModelTest(unittest.TestCase):
    maxDiff = None

    def known(self):
        """(name for messages, table, row, boto3's operation) of what both know."""
        for table, service in tables():
            for name, row in table["operations"].items():
                if name in service.operation_names:
                    yield f"{table['service']}:{name}", table, row, service.operation_model(name)
