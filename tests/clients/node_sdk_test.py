"""The AWS SDK that Node.js functions find in their runtime, as on AWS: every protocol, errors, pages, streams; for require() and import."""
import json
import shutil
import unittest

from clients import ACCOUNT
from functions import NODE, FunctionTest, packed

# A function of `lines`, in which any package of the SDK is at hand.
HANDLER = """
const sdk = (name) => require(`@aws-sdk/client-${{name}}`);
exports.handler = async (event) => {{
{}
}};
"""


@unittest.skipUnless(shutil.which("node"), "node is not installed")
class NodeSdkTest(FunctionTest):
    def node(self, name, *lines, **more):
        return self.create(name, packed(app__js=HANDLER.format("\n".join(lines)), **more), **{**NODE, "Timeout": 30})

    def test_json_tells_texts_times_and_bytes(self):
        self.node("json", """
            const { SSMClient, PutParameterCommand, GetParameterCommand, ParameterNotFound } = sdk("ssm");
            const ssm = new SSMClient({});
            await ssm.send(new PutParameterCommand({ Name: "/sdk/word", Value: "größer", Type: "String" }));
            const { Parameter, $metadata } = await ssm.send(new GetParameterCommand({ Name: "/sdk/word" }));
            const missing = await ssm.send(new GetParameterCommand({ Name: "/none" })).catch((error) => error);
            const { KMS } = sdk("kms");
            const kms = new KMS();
            const { KeyMetadata } = await kms.createKey({});
            const { CiphertextBlob } = await kms.encrypt({ KeyId: KeyMetadata.KeyId, Plaintext: Buffer.from("secret") });
            const { Plaintext } = await kms.decrypt({ CiphertextBlob });
            return { value: Parameter.Value, date: Parameter.LastModifiedDate instanceof Date, status: $metadata.httpStatusCode,
                     error: [missing.name, missing instanceof ParameterNotFound, missing instanceof Error], plain: Plaintext.transformToString(), bytes: CiphertextBlob instanceof Uint8Array };
        """)

        self.assertEqual(self.answer("json"), {"value": "größer", "date": True, "status": 200, "error": ["ParameterNotFound", True, True],
                                               "plain": "secret", "bytes": True})

    def test_rest_json_binds_paths_queries_and_payloads(self):
        self.node("called", "return { got: event.n + 1 };")
        self.node("rest", """
            const { Lambda, waitUntilFunctionActiveV2 } = sdk("lambda");
            const lambda = new Lambda({ region: "us-east-1" });
            const waited = await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 5 }, { FunctionName: "called" });
            const { Payload, StatusCode } = await lambda.invoke({ FunctionName: "called", Payload: JSON.stringify({ n: 1 }) });
            const names = [];
            for await (const page of sdk("lambda").paginateListFunctions({ client: lambda, pageSize: 1 }, {})) names.push(page.Functions.length);
            const error = await lambda.getFunction({ FunctionName: "none" }).catch((failed) => failed);
            return { waited: waited.state, payload: JSON.parse(Payload.transformToString()), StatusCode, pages: names, error: error.name };
        """)

        answer = self.answer("rest")

        self.assertEqual(answer["payload"], {"got": 2})
        self.assertEqual((answer["waited"], answer["StatusCode"], answer["error"]), ("SUCCESS", 200, "ResourceNotFoundException"))
        self.assertGreaterEqual(len(answer["pages"]), 2)
        self.assertEqual(set(answer["pages"]), {1})

    def test_query_and_rest_xml_write_and_read_lists_maps_and_streams(self):
        self.node("xml", """
            const { SNS } = sdk("sns"), { IAM, NoSuchEntityException } = sdk("iam"), { S3, S3Client, DeleteObjectsCommand } = sdk("s3");
            const { Readable } = require("stream");
            const sns = new SNS();
            const { TopicArn } = await sns.createTopic({ Name: "sdk", Attributes: { DisplayName: "A & B" }, Tags: [{ Key: "a", Value: "<1>" }] });
            const { Attributes } = await sns.getTopicAttributes({ TopicArn });
            const { Tags } = await sns.listTagsForResource({ ResourceArn: TopicArn });
            const missing = await new IAM().getRole({ RoleName: "none" }).catch((error) => error);
            const s3 = new S3();
            await s3.createBucket({ Bucket: "sdk-bucket" });
            await s3.putBucketTagging({ Bucket: "sdk-bucket", Tagging: { TagSet: [{ Key: "team", Value: "a+b" }] } });
            await s3.putObject({ Bucket: "sdk-bucket", Key: "a b/ü+.txt", Body: Readable.from(["one ", "two"]), Metadata: { who: "me" } });
            const { Body, Metadata, ContentLength } = await s3.getObject({ Bucket: "sdk-bucket", Key: "a b/ü+.txt" });
            const { Contents } = await s3.listObjectsV2({ Bucket: "sdk-bucket" });
            const { TagSet } = await s3.getBucketTagging({ Bucket: "sdk-bucket" });
            const { Deleted } = await new S3Client({}).send(new DeleteObjectsCommand({ Bucket: "sdk-bucket", Delete: { Objects: [{ Key: "a b/ü+.txt" }] } }));
            const head = await s3.headObject({ Bucket: "sdk-bucket", Key: "none" }).catch((error) => error);
            return { display: Attributes.DisplayName, Tags, missing: [missing.name, missing.Code, missing instanceof NoSuchEntityException], TagSet,
                     body: await Body.transformToString(), Metadata, ContentLength, keys: Contents.map(({ Key, Size, LastModified }) => [Key, Size, LastModified instanceof Date]),
                     Deleted, head: head.name };
        """)

        self.assertEqual(self.answer("xml"), {
            "display": "A & B", "Tags": [{"Key": "a", "Value": "<1>"}], "missing": ["NoSuchEntityException", "NoSuchEntity", True],
            "TagSet": [{"Key": "team", "Value": "a+b"}], "body": "one two", "Metadata": {"who": "me"}, "ContentLength": 7,
            "keys": [["a b/ü+.txt", 7, True]], "Deleted": [{"Key": "a b/ü+.txt"}], "head": "NotFound"})

    def test_an_es_module_imports_it_and_a_role_can_be_assumed(self):
        self.create("module", packed(app__mjs="""
            import { STSClient, GetCallerIdentityCommand } from "@aws-sdk/client-sts";
            import { fromTemporaryCredentials } from "@aws-sdk/credential-providers";
            export const handler = async ({ role }) => {
              const credentials = fromTemporaryCredentials({ params: { RoleArn: role, RoleSessionName: "other" } });
              const { Arn } = await new STSClient({ credentials }).send(new GetCallerIdentityCommand({}));
              return Arn;
            };
        """), **{**NODE, "Timeout": 30})

        trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "sts:AssumeRole"}]}
        role = self.cloud.client("iam").create_role(RoleName="trusting", AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
        self.assertTrue(self.answer("module", {"role": role}).endswith("assumed-role/trusting/other"))

    def test_the_functions_own_copy_wins_and_an_unknown_package_is_missing(self):
        self.create("own", packed(**{
            "app__js": "exports.handler = async () => [require('@aws-sdk/client-s3').mine, (() => { try { require('@aws-sdk/client-braket'); } catch (error) { return error.code; } })()];",
            "node_modules/@aws-sdk/client-s3/index__js": "exports.mine = true;"}), **NODE)

        self.assertEqual(self.answer("own"), [True, "MODULE_NOT_FOUND"])

    def test_https_to_the_clouds_own_host_reaches_the_cloud(self):
        # As cfn-response and the CDK's custom resources do it: a host, a path, port 443 or none.
        self.node("https", """
            const https = require("https");
            const ask = (options) => new Promise((resolve, reject) => https.request(options, (answer) => resolve(answer.statusCode)).on("error", reject).end());
            const refused = await ask({ hostname: "127.0.0.2", path: "/" }).catch((error) => error.code);
            return [await ask({ hostname: "127.0.0.1", path: "/_trunkline/health" }), await ask("https://127.0.0.1/_trunkline/health"), refused];
        """)

        self.assertEqual(self.answer("https"), [200, 200, "ECONNREFUSED"])
