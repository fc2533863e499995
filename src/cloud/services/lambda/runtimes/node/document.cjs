// "@aws-sdk/lib-dynamodb": the client of DynamoDB that takes and gives JavaScript values. What of an input or an output is an
// attribute value stands in the service's table.
const { NumberValueImpl, convertToAttr, convertToNative } = require("./marshall.cjs");
const { tableOf } = require("./tables.cjs");

// The commands, by the operations they stand for.
const COMMANDS = {
  BatchGet: "BatchGetItem", BatchWrite: "BatchWriteItem", Delete: "DeleteItem", Get: "GetItem", Put: "PutItem", Query: "Query",
  Scan: "Scan", TransactGet: "TransactGetItems", TransactWrite: "TransactWriteItems", Update: "UpdateItem",
};

// `value` with `convert` done to every attribute value in it.
function converted(table, shape, value, convert) {
  if (value === undefined || value === null) return value;
  if (shape === "AttributeValue") return convert(value);
  const parts = table.members(shape);
  const inner = (part, item) => converted(table, part.shape, item, convert);
  switch (table.shape(shape).is) {
    case "structure":
      return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, parts[name] ? inner(parts[name], item) : item]));
    case "list":
      return Array.from(value, (item) => inner(parts.item, item));
    case "map":
      return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined).map(([name, item]) => [name, inner(parts.value, item)]));
    default:
      return value;
  }
}

function commandOf(name, operation, low) {
  const Made = class {
    constructor(input = {}) {
      this.input = input;
    }

    operation = operation;

    async sendTo(client, options, ...more) {
      const table = tableOf("dynamodb");
      const { in: given, out } = table.operations[operation];
      const { marshallOptions, unmarshallOptions } = options;
      const input = converted(table, given, this.input, (value) => convertToAttr(value, marshallOptions));
      const { $metadata, ...output } = await client.send(new low[`${operation}Command`](input), ...more);
      return { $metadata, ...converted(table, out, output, (value) => convertToNative(value, unmarshallOptions)) };
    }
  };
  Object.defineProperty(Made, "name", { value: `${name}Command` });
  return Made;
}

function clientOf() {
  return class DynamoDBDocumentClient {
    constructor(client, { marshallOptions = {}, unmarshallOptions = {} } = {}) {
      this.client = client;
      this.config = { ...client.config, translateConfig: { marshallOptions, unmarshallOptions } };
    }

    static from(client, translateConfig) {
      return new this(client, translateConfig);
    }

    send(command, options, callback) {
      const done = typeof options === "function" ? options : callback;
      const sent = command.sendTo ? command.sendTo(this.client, this.config.translateConfig) : this.client.send(command);
      if (!done) return sent;
      sent.then((output) => done(null, output), (error) => done(error));
    }

    destroy() {
      this.client.destroy();
    }
  };
}

function paginator(Command) {
  return async function* ({ client, pageSize, startingToken }, input) {
    let start = startingToken ?? input.ExclusiveStartKey;
    do {
      const output = await client.send(new Command({ ...input, ...(pageSize ? { Limit: pageSize } : {}), ExclusiveStartKey: start }));
      yield output;
      start = output.LastEvaluatedKey;
    } while (start);
  };
}

function makeDocumentPackage(low) {
  const made = { NumberValue: NumberValueImpl };
  made.DynamoDBDocumentClient = clientOf();
  made.DynamoDBDocument = class DynamoDBDocument extends made.DynamoDBDocumentClient {};
  for (const [name, operation] of Object.entries(COMMANDS)) {
    const Command = commandOf(name, operation, low);
    made[`${name}Command`] = Command;
    made.DynamoDBDocument.prototype[name[0].toLowerCase() + name.slice(1)] = function (input, options, callback) {
      return this.send(new Command(input), options, callback);
    };
  }
  return Object.assign(made, { paginateQuery: paginator(made.QueryCommand), paginateScan: paginator(made.ScanCommand) });
}

module.exports = { makeDocumentPackage };
