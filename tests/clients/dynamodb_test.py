"""DynamoDB through boto3 (client, resource, conditions, batches, waiters, pages) and the AWS CLI; streams and functions; stacks; a restart."""
import json
import unittest
from decimal import Decimal

import boto3
from boto3.dynamodb.conditions import Attr, Key
from clients import ACCOUNT, SOON, until
from functions import NODE, FunctionTest, packed


class DynamoDbTest(FunctionTest):
    def setUp(self):
        super().setUp()
        self.connect()

    def connect(self):
        self.client = self.cloud.client("dynamodb")
        self.resource = boto3.resource("dynamodb", endpoint_url=self.cloud.endpoint, region_name="us-east-1",
                                       aws_access_key_id=ACCOUNT, aws_secret_access_key="test")

    def table(self, name, **more):
        """A table of 'id' (a text) and 'at' (a number)."""
        self.client.create_table(
            TableName=name, BillingMode="PAY_PER_REQUEST",
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}, {"AttributeName": "at", "KeyType": "RANGE"}],
            **{"AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}, {"AttributeName": "at", "AttributeType": "N"}], **more})
        self.client.get_waiter("table_exists").wait(TableName=name, WaiterConfig=SOON)
        return self.resource.Table(name)

    def test_python_values_come_back(self):
        table = self.table("values")
        item = {"id": "a", "at": 1, "price": Decimal("12.50"), "bytes": b"\x00\xff", "words": {"x", "y"}, "numbers": {1, 2},
                "deep": {"list": [None, True, "ü"]}, "empty": ""}
        table.put_item(Item=item)
        self.restart("kill")
        self.connect()

        self.assertEqual(self.resource.Table("values").get_item(Key={"id": "a", "at": 1})["Item"], {**item, "price": Decimal("12.5")})

    def test_conditions_of_boto3(self):
        table = self.table("conditions")
        with table.batch_writer() as batch:
            for at in range(60):
                batch.put_item(Item={"id": "a", "at": at, "even": at % 2 == 0, "name": f"n{at}"})
        found = table.query(KeyConditionExpression=Key("id").eq("a") & Key("at").between(10, 20),
                            FilterExpression=Attr("even").eq(True) & Attr("name").begins_with("n1"), ScanIndexForward=False)

        self.assertEqual([item["at"] for item in found["Items"]], [18, 16, 14, 12, 10])
        self.assertEqual((found["Count"], found["ScannedCount"]), (5, 11))
        self.assertEqual(table.scan(FilterExpression=Attr("name").is_in(["n1", "n2"]) | Attr("none").exists(), Select="COUNT")["Count"], 2)

    def test_a_counter_and_a_lock(self):
        table = self.table("counters")
        for _ in range(3):
            got = table.update_item(Key={"id": "c", "at": 0}, UpdateExpression="ADD #n :one", ExpressionAttributeNames={"#n": "count"},
                                    ExpressionAttributeValues={":one": 1}, ReturnValues="UPDATED_NEW")
        self.assertEqual(got["Attributes"], {"count": 3})
        table.put_item(Item={"id": "lock", "at": 0}, ConditionExpression=Attr("id").not_exists())
        error = self.refusal(table.put_item, Item={"id": "lock", "at": 0}, ConditionExpression=Attr("id").not_exists())
        self.assertEqual(error["Error"], {"Code": "ConditionalCheckFailedException", "Message": "The conditional request failed"})

    def test_pages_of_scans_and_queries(self):
        table = self.table("pages")
        with table.batch_writer() as batch:
            for at in range(30):
                batch.put_item(Item={"id": f"p{at % 3}", "at": at})
        scanned = self.client.get_paginator("scan").paginate(TableName="pages", PaginationConfig={"PageSize": 7}).build_full_result()
        queried = self.client.get_paginator("query").paginate(
            TableName="pages", KeyConditionExpression="id = :id", ExpressionAttributeValues={":id": {"S": "p1"}},
            PaginationConfig={"PageSize": 3}).build_full_result()

        self.assertEqual(len({(item["id"]["S"], item["at"]["N"]) for item in scanned["Items"]}), 30)
        self.assertEqual([item["at"]["N"] for item in queried["Items"]], [str(at) for at in range(1, 30, 3)])

    def test_a_cancelled_transaction_says_why(self):
        self.table("transactions")
        put = {"Put": {"TableName": "transactions", "Item": {"id": {"S": "a"}, "at": {"N": "1"}}}}
        check = {"ConditionCheck": {"TableName": "transactions", "Key": {"id": {"S": "b"}, "at": {"N": "1"}}, "ConditionExpression": "attribute_exists(id)"}}
        error = self.refusal(self.client.transact_write_items, TransactItems=[put, check])

        self.assertEqual(error["Error"]["Code"], "TransactionCanceledException")
        self.assertEqual([reason["Code"] for reason in error["CancellationReasons"]], ["None", "ConditionalCheckFailed"])
        self.client.transact_write_items(TransactItems=[put])

    def test_the_cli(self):
        self.table("cli")
        self.cloud.aws("dynamodb", "put-item", "--table-name", "cli", "--item", json.dumps({"id": {"S": "a"}, "at": {"N": "1"}, "b": {"B": "AAE="}}))
        got = self.cloud.aws("dynamodb", "get-item", "--table-name", "cli", "--key", json.dumps({"id": {"S": "a"}, "at": {"N": "1"}}))
        self.assertEqual(got["Item"], {"id": {"S": "a"}, "at": {"N": "1"}, "b": {"B": "AAE="}})
        listed = self.cloud.aws("dynamodb", "list-tables")
        self.assertIn("cli", listed["TableNames"])
        self.cloud.aws("dynamodb", "delete-table", "--table-name", "cli")

    def test_a_function_is_called_with_changes(self):
        self.table("changes", StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"})
        self.table("copied")
        stream = self.client.describe_table(TableName="changes")["Table"]["LatestStreamArn"]
        self.cloud.client("iam").put_role_policy(RoleName="function", PolicyName="all", PolicyDocument=json.dumps(
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "dynamodb:*", "Resource": "*"}]}))
        self.python("copy", "import boto3",
                    "table = boto3.client('dynamodb')",
                    "for record in event['Records']:",
                    "    table.put_item(TableName='copied', Item={**record['dynamodb']['NewImage'], 'what': {'S': record['eventName']}})")
        self.lambda_.create_event_source_mapping(FunctionName="copy", EventSourceArn=stream, StartingPosition="TRIM_HORIZON")
        self.resource.Table("changes").put_item(Item={"id": "x", "at": 1})

        copied = self.resource.Table("copied")
        until(lambda: "Item" in copied.get_item(Key={"id": "x", "at": 1}), True)
        self.assertEqual(copied.get_item(Key={"id": "x", "at": 1})["Item"], {"id": "x", "at": 1, "what": "INSERT"})

    def test_a_node_function_uses_documents(self):
        self.table("documents")
        code = """
const { DynamoDBClient, ConditionalCheckFailedException } = require("@aws-sdk/client-dynamodb");
const { DynamoDBDocumentClient, PutCommand, QueryCommand, UpdateCommand } = require("@aws-sdk/lib-dynamodb");
const { marshall, unmarshall } = require("@aws-sdk/util-dynamodb");
exports.handler = async () => {
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}), { marshallOptions: { removeUndefinedValues: true } });
  await documents.send(new PutCommand({ TableName: "documents", Item: { id: "d", at: 1, tags: new Set(["a"]), deep: { list: [1, null] }, gone: undefined } }));
  await documents.send(new UpdateCommand({ TableName: "documents", Key: { id: "d", at: 1 }, UpdateExpression: "SET #c = :c", ExpressionAttributeNames: { "#c": "count" }, ExpressionAttributeValues: { ":c": 7 } }));
  const again = await documents.send(new PutCommand({ TableName: "documents", Item: { id: "d", at: 1 }, ConditionExpression: "attribute_not_exists(id)" })).catch((error) => error);
  const { Items } = await documents.send(new QueryCommand({ TableName: "documents", KeyConditionExpression: "id = :id", ExpressionAttributeValues: { ":id": "d" } }));
  return { item: { ...Items[0], tags: [...Items[0].tags] }, error: [again.name, again instanceof ConditionalCheckFailedException], round: unmarshall(marshall({ a: [1, "b"] })) };
};
"""
        self.create("documents", packed(app__js=code), **{**NODE, "Timeout": 30})

        self.assertEqual(self.answer("documents"), {
            "item": {"id": "d", "at": 1, "tags": ["a"], "deep": {"list": [1, None]}, "count": 7},
            "error": ["ConditionalCheckFailedException", True], "round": {"a": [1, "b"]}})


if __name__ == "__main__":
    unittest.main()
