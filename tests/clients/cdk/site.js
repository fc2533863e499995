// A web page and a function behind a URL, as a team writes them with the CDK: what cdk_site_test.py deploys.
const path = require("node:path");
const { App, CfnOutput, Duration, RemovalPolicy, Stack } = require("aws-cdk-lib");
const lambda = require("aws-cdk-lib/aws-lambda");
const destinations = require("aws-cdk-lib/aws-lambda-destinations");
const s3 = require("aws-cdk-lib/aws-s3");
const { BucketDeployment, Source } = require("aws-cdk-lib/aws-s3-deployment");
const sqs = require("aws-cdk-lib/aws-sqs");

const stack = new Stack(new App(), "AcmeSite");
const pages = new s3.Bucket(stack, "Pages", { removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: true });
new BucketDeployment(stack, "Deploy", {
  destinationBucket: pages,
  sources: [Source.asset(path.join(__dirname, "pages")), Source.jsonData("settings.json", { color: process.env.ACME_COLOR ?? "red" })] });

const words = new lambda.LayerVersion(stack, "Words", {
  code: lambda.Code.fromAsset(path.join(__dirname, "words")), compatibleRuntimes: [lambda.Runtime.PYTHON_3_11] });
words.addPermission("Sister", { accountId: "999988887777" });
const failures = new sqs.Queue(stack, "Failures");
const greeter = new lambda.Function(stack, "Greeter", {
  runtime: lambda.Runtime.PYTHON_3_11, handler: "index.handler", timeout: Duration.seconds(10), layers: [words],
  code: lambda.Code.fromInline([
    "import words",
    "def handler(event, context):",
    "    if 'rawPath' not in event:",
    "        raise ValueError('nobody to greet')",
    "    return {'greeting': words.greet(event['rawPath'].strip('/'))}"].join("\n")),
  retryAttempts: 0, onFailure: new destinations.SqsDestination(failures), deadLetterQueue: new sqs.Queue(stack, "Dead") });
const url = greeter.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE, cors: { allowedOrigins: ["*"] } });

for (const [name, value] of Object.entries({ Pages: pages.bucketName, Url: url.url, Greeter: greeter.functionName, Failures: failures.queueUrl }))
  new CfnOutput(stack, `Out${name}`, { value });
