"""ModelTest: the tables of models/ beside the models that boto3 brings along."""
import json
import pathlib
import unittest

import botocore.session

from running_cloud import SOURCE

SESSION = botocore.session.get_session()


def tables():
    """(table, boto3's model of the same service) of all services that have a table with operations."""
    for path in sorted(pathlib.Path(SOURCE, "models").glob("*.json")):
        table = json.loads(path.read_text())
        if table["operations"] and path.stem in SESSION.get_available_services():
            yield table, SESSION.get_service_model(path.stem)


class ModelTest(unittest.TestCase):
    maxDiff = None

    def known(self):
        """(name for messages, table, row, boto3's operation) of what both know."""
        for table, service in tables():
            for name, row in table["operations"].items():
                if name in service.operation_names:
                    yield f"{table['service']}:{name}", table, row, service.operation_model(name)
