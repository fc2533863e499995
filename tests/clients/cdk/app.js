// A contact center and what supports and delivers it, as a team writes it with the CDK: what cdk_test.py deploys.
// ACME_GREETING is what changes from one deployment to the next; ACME_BROKEN adds a resource that cannot be made.
const path = require("node:path");
const { App, CfnOutput, CfnResource, CustomResource, Duration, NestedStack, RemovalPolicy, Stack, Tags } = require("aws-cdk-lib");
const codebuild = require("aws-cdk-lib/aws-codebuild");
const codepipeline = require("aws-cdk-lib/aws-codepipeline");
const actions = require("aws-cdk-lib/aws-codepipeline-actions");
const connect = require("aws-cdk-lib/aws-connect");
const ecr = require("aws-cdk-lib/aws-ecr");
const events = require("aws-cdk-lib/aws-events");
const targets = require("aws-cdk-lib/aws-events-targets");
const iam = require("aws-cdk-lib/aws-iam");
const kms = require("aws-cdk-lib/aws-kms");
const lambda = require("aws-cdk-lib/aws-lambda");
const { SqsEventSource } = require("aws-cdk-lib/aws-lambda-event-sources");
const lex = require("aws-cdk-lib/aws-lex");
const logs = require("aws-cdk-lib/aws-logs");
const s3 = require("aws-cdk-lib/aws-s3");
const secrets = require("aws-cdk-lib/aws-secretsmanager");
const sns = require("aws-cdk-lib/aws-sns");
const subscriptions = require("aws-cdk-lib/aws-sns-subscriptions");
const sqs = require("aws-cdk-lib/aws-sqs");
const ssm = require("aws-cdk-lib/aws-ssm");
const sfn = require("aws-cdk-lib/aws-stepfunctions");
const tasks = require("aws-cdk-lib/aws-stepfunctions-tasks");
const { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId, Provider } = require("aws-cdk-lib/custom-resources");

const greeting = process.env.ACME_GREETING ?? "Hello";
const DESTROY = { removalPolicy: RemovalPolicy.DESTROY };

function outputs(stack, values) {
  for (const [name, value] of Object.entries(values)) new CfnOutput(stack, `Out${name}`, { value });
}

class Data extends Stack {
  constructor(scope, id) {
    super(scope, id);
    this.key = new kms.Key(this, "Key", { enableKeyRotation: true, alias: "alias/acme", ...DESTROY });
    this.calls = new s3.Bucket(this, "Calls", {
      encryption: s3.BucketEncryption.KMS, encryptionKey: this.key, versioned: true, enforceSSL: true, autoDeleteObjects: true,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL, lifecycleRules: [{ expiration: Duration.days(30) }], ...DESTROY });
    this.secret = new secrets.Secret(this, "Secret", {
      generateSecretString: { secretStringTemplate: JSON.stringify({ user: "acme" }), generateStringKey: "password" } });
    this.greeting = new ssm.StringParameter(this, "Greeting", { parameterName: "/acme/greeting", stringValue: greeting });
    this.alerts = new sns.Topic(this, "Alerts", { masterKey: this.key });
    const dead = new sqs.Queue(this, "Dead");
    const work = new sqs.Queue(this, "Work", { deadLetterQueue: { queue: dead, maxReceiveCount: 3 } });
    this.alerts.addSubscription(new subscriptions.SqsSubscription(work, { rawMessageDelivery: true }));
    new ecr.Repository(this, "Images", { emptyOnDelete: true, lifecycleRules: [{ maxImageCount: 5 }], ...DESTROY });
    outputs(this, { Calls: this.calls.bucketName, SecretArn: this.secret.secretArn, Work: work.queueUrl, Alerts: this.alerts.topicArn });
  }
}

class Ask extends NestedStack {
  constructor(scope, id, asked) {
    super(scope, id);
    const ask = new tasks.LambdaInvoke(this, "AskTheFunction", { lambdaFunction: asked, outputPath: "$.Payload" });
    this.machine = new sfn.StateMachine(this, "Machine", {
      definitionBody: sfn.DefinitionBody.fromChainable(ask.next(new sfn.Succeed(this, "Done"))) });
    new logs.LogGroup(this, "Log", { retention: logs.RetentionDays.ONE_DAY, ...DESTROY });
  }
}

class Work extends Stack {
  constructor(scope, id, { data }) {
    super(scope, id);
    const greeter = new lambda.Function(this, "Greeter", {
      runtime: lambda.Runtime.NODEJS_22_X, handler: "index.handler", code: lambda.Code.fromAsset(path.join(__dirname, "greeter")),
      environment: { PARAMETER: data.greeting.parameterName, VERSION_OF: greeting }, logRetention: logs.RetentionDays.ONE_WEEK,
      timeout: Duration.seconds(10) });
    data.greeting.grantRead(greeter);
    data.calls.grantReadWrite(greeter);
    data.secret.grantRead(greeter);
    new lambda.Alias(this, "Live", { aliasName: "live", version: greeter.currentVersion });
    const jobs = new sqs.Queue(this, "Jobs");
    greeter.addEventSource(new SqsEventSource(jobs, { batchSize: 5 }));
    const ask = new Ask(this, "Ask", greeter);
    new events.Rule(this, "Nightly", {
      schedule: events.Schedule.cron({ minute: "0", hour: "3" }), targets: [new targets.LambdaFunction(greeter), new targets.SfnStateMachine(ask.machine)] });
    const orders = new sqs.Queue(this, "Orders");
    const bus = new events.EventBus(this, "Bus");
    new events.Rule(this, "OnOrder", {
      eventBus: bus, eventPattern: { source: ["acme.orders"] }, targets: [new targets.SqsQueue(orders), new targets.SnsTopic(new sns.Topic(this, "Told"))] });
    this.addCustomResources(data);
    outputs(this, { Greeter: greeter.functionName, Machine: ask.machine.stateMachineArn, Bus: bus.eventBusName, Jobs: jobs.queueUrl, Orders: orders.queueUrl });
  }

  // The three ways to write one: the CDK's provider framework, a single call, and the module for inline code.
  addCustomResources(data) {
    const onEvent = new lambda.Function(this, "OnEvent", {
      runtime: lambda.Runtime.PYTHON_3_13, handler: "index.on_event", code: lambda.Code.fromInline(
        "def on_event(event, context):\n  return {'PhysicalResourceId': 'thing', 'Data': {'Answer': event['ResourceProperties']['Word'] + '!'}}\n") });
    const provider = new Provider(this, "Provider", { onEventHandler: onEvent });
    const framework = new CustomResource(this, "Framework", { serviceToken: provider.serviceToken, properties: { Word: greeting } });
    const call = new AwsCustomResource(this, "Call", {
      onUpdate: { service: "SSM", action: "getParameter", parameters: { Name: data.greeting.parameterName }, physicalResourceId: PhysicalResourceId.of("call") },
      policy: AwsCustomResourcePolicy.fromSdkCalls({ resources: AwsCustomResourcePolicy.ANY_RESOURCE }), installLatestAwsSdk: false });
    const inline = new lambda.Function(this, "Inline", {
      runtime: lambda.Runtime.NODEJS_22_X, handler: "index.handler", code: lambda.Code.fromInline(
        "const response = require('cfn-response');\nexports.handler = (event, context) => response.send(event, context, response.SUCCESS, {Word: 'inline'}, 'inline');\n") });
    const own = new CustomResource(this, "Own", { serviceToken: inline.functionArn });
    outputs(this, { Framework: framework.getAttString("Answer"), Called: call.getResponseField("Parameter.Value"), Inlined: own.getAttString("Word") });
  }
}

class Delivery extends Stack {
  constructor(scope, id, { data }) {
    super(scope, id);
    const source = new codepipeline.Artifact("Source");
    const built = new codepipeline.Artifact("Built");
    const artifacts = new s3.Bucket(this, "Artifacts", { versioned: true, autoDeleteObjects: true, ...DESTROY });
    const project = new codebuild.PipelineProject(this, "Build", {
      environment: { buildImage: codebuild.LinuxBuildImage.STANDARD_7_0 }, buildSpec: codebuild.BuildSpec.fromObject({
        version: "0.2", phases: { build: { commands: ["mkdir out", "tr a-z A-Z < word.txt > out/word.txt"] } },
        artifacts: { "base-directory": "out", files: ["**/*"] } }) });
    const stages = {
      Source: new actions.S3SourceAction({ actionName: "Source", bucket: artifacts, bucketKey: "source.zip", output: source, trigger: actions.S3Trigger.NONE }),
      Build: new actions.CodeBuildAction({ actionName: "Build", project, input: source, outputs: [built] }),
      Deploy: new actions.S3DeployAction({ actionName: "Deploy", bucket: data.calls, input: built }),
    };
    const pipeline = new codepipeline.Pipeline(this, "Pipeline", {
      artifactBucket: artifacts, pipelineType: codepipeline.PipelineType.V2,
      stages: Object.entries(stages).map(([stageName, action]) => ({ stageName, actions: [action] })) });
    outputs(this, { Pipeline: pipeline.pipelineName, Artifacts: artifacts.bucketName });
  }
}

const FLOW = {
  Version: "2019-10-30", StartAction: "say", Actions: [
    { Identifier: "say", Type: "MessageParticipant", Parameters: { Text: greeting }, Transitions: { NextAction: "end", Errors: [{ NextAction: "end", ErrorType: "NoMatchingError" }], Conditions: [] } },
    { Identifier: "end", Type: "DisconnectParticipant", Parameters: {}, Transitions: {} }] };

class Center extends Stack {
  constructor(scope, id) {
    super(scope, id);
    const instance = new connect.CfnInstance(this, "Instance", {
      identityManagementType: "CONNECT_MANAGED", instanceAlias: "acme-cdk", attributes: { inboundCalls: true, outboundCalls: true } });
    const instanceArn = instance.attrArn;
    const hours = new connect.CfnHoursOfOperation(this, "Hours", {
      instanceArn, name: "Office", timeZone: "Europe/Berlin", config: ["MONDAY", "TUESDAY"].map((day) => ({ day, startTime: { hours: 9, minutes: 0 }, endTime: { hours: 17, minutes: 0 } })) });
    const sales = new connect.CfnQueue(this, "Sales", { instanceArn, name: "Sales", hoursOfOperationArn: hours.attrHoursOfOperationArn, description: greeting });
    new connect.CfnContactFlow(this, "Main", { instanceArn, name: "Main", type: "CONTACT_FLOW", content: JSON.stringify(FLOW) });
    const alias = this.bot();
    new connect.CfnIntegrationAssociation(this, "BotUse", { instanceId: instanceArn, integrationArn: alias.attrArn, integrationType: "LEX_BOT" });
    Tags.of(this).add("team", "acme");
    if (process.env.ACME_BROKEN) new CfnResource(this, "Broken", { type: "AWS::Connect::Queue", properties: { InstanceArn: instanceArn, Name: "Sales", HoursOfOperationArn: sales.attrQueueArn } });
    outputs(this, { InstanceArn: instanceArn, QueueArn: sales.attrQueueArn });
  }

  bot() {
    const role = new iam.Role(this, "LexRole", { assumedBy: new iam.ServicePrincipal("lexv2.amazonaws.com") });
    const intents = [{ name: "Greet", sampleUtterances: [{ utterance: "hello" }] }, { name: "FallbackIntent", parentIntentSignature: "AMAZON.FallbackIntent" }];
    const bot = new lex.CfnBot(this, "Bot", {
      name: "AcmeBot", roleArn: role.roleArn, dataPrivacy: { ChildDirected: false }, idleSessionTtlInSeconds: 300, autoBuildBotLocales: true,
      botLocales: [{ localeId: "en_US", nluConfidenceThreshold: 0.4, intents }] });
    const version = new lex.CfnBotVersion(this, "BotVersion", {
      botId: bot.ref, botVersionLocaleSpecification: [{ localeId: "en_US", botVersionLocaleDetails: { sourceBotVersion: "DRAFT" } }] });
    return new lex.CfnBotAlias(this, "BotAlias", {
      botId: bot.ref, botAliasName: "live", botVersion: version.attrBotVersion, botAliasLocaleSettings: [{ localeId: "en_US", botAliasLocaleSetting: { enabled: true } }] });
  }
}

const app = new App();
const data = new Data(app, "AcmeData");
new Work(app, "AcmeWork", { data });
new Delivery(app, "AcmeDelivery", { data });
new Center(app, "AcmeCenter");
