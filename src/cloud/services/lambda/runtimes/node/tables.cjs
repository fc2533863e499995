// The API tables (models/<service>.json), read for the SDK below: operations, shapes and their members.
const fs = require("node:fs");
const path = require("node:path");

// The packages of the AWS SDK for JavaScript, by their names after "client-": the table, and the name of the client.
const PACKAGES = {
  "api-gateway": ["apigateway", "APIGateway"],
  apigatewayv2: ["apigatewayv2", "ApiGatewayV2"],
  cloudformation: ["cloudformation", "CloudFormation"],
  "cloudwatch-logs": ["logs", "CloudWatchLogs"],
  codebuild: ["codebuild", "CodeBuild"],
  codeconnections: ["codeconnections", "CodeConnections"],
  codepipeline: ["codepipeline", "CodePipeline"],
  "codestar-connections": ["codestar-connections", "CodeStarconnections"],
  connect: ["connect", "Connect"],
  connectparticipant: ["connectparticipant", "ConnectParticipant"],
  dynamodb: ["dynamodb", "DynamoDB"],
  "dynamodb-streams": ["dynamodbstreams", "DynamoDBStreams"],
  ecr: ["ecr", "ECR"],
  eventbridge: ["events", "EventBridge"],
  iam: ["iam", "IAM"],
  kms: ["kms", "KMS"],
  lambda: ["lambda", "Lambda"],
  "lex-models-v2": ["lexv2-models", "LexModelsV2"],
  "lex-runtime-v2": ["lexv2-runtime", "LexRuntimeV2"],
  s3: ["s3", "S3"],
  "secrets-manager": ["secretsmanager", "SecretsManager"],
  sfn: ["stepfunctions", "SFN"],
  sns: ["sns", "SNS"],
  sqs: ["sqs", "SQS"],
  ssm: ["ssm", "SSM"],
  sts: ["sts", "STS"],
};

function parseMember(name, text) {
  const [shape, ...words] = text.split(" ");
  const member = { name, shape: shape.replace(/!$/, ""), required: shape.endsWith("!"), wire: name, at: "body" };
  for (const word of words) {
    if (word.startsWith("@")) member.at = word.slice(1);
    else if (word.startsWith("=")) [member.wire, member.named] = [word.slice(1), true];
    else if (word.startsWith("time:")) member.time = word.slice(5);
    else if (word.startsWith("ns:")) member.ns = word.slice(3);
    else if (word === "flat") member.flattened = true;
    else member[word] = true; // token, json, attribute, stream
  }
  return member;
}

class Table {
  constructor(file) {
    Object.assign(this, JSON.parse(fs.readFileSync(file, "utf8")));
    this.parsed = new Map();
  }

  shape(name) {
    return this.shapes[name] ?? { is: "structure", members: {} };
  }

  // The members of a structure, or the item, key and value of a list or map.
  members(name) {
    let made = this.parsed.get(name);
    if (made) return made;
    const shape = this.shape(name);
    made = {};
    for (const [member, text] of Object.entries(shape.members ?? {})) made[member] = parseMember(member, text);
    // S3's table does not say of its bodies that they are streams.
    if (this.protocol === "rest-xml") for (const member of Object.values(made)) member.stream = member.at === "payload" && this.shape(member.shape).is === "blob";
    for (const part of ["item", "key", "value"]) if (shape[part]) made[part] = parseMember("", shape[part]);
    this.parsed.set(name, made);
    return made;
  }

  isFlattened(member) {
    const shape = this.shape(member.shape);
    return (shape.is === "list" || shape.is === "map") && Boolean(member.flattened || shape.flattened);
  }

  flattenedName(member) {
    const shape = this.shape(member.shape);
    if (!shape.flattened) return member.wire;
    if (shape.is === "list") return this.members(member.shape).item.wire || member.wire;
    return shape.is === "map" && !member.named && shape.name ? shape.name : member.wire;
  }
}

const tables = new Map();

function tableOf(service) {
  if (!tables.has(service)) tables.set(service, new Table(path.join(__dirname, "..", "models", `${service}.json`)));
  return tables.get(service);
}

module.exports = { PACKAGES, tableOf };
