// Reads its greeting where the application put it.
const { SSMClient, GetParameterCommand } = require("@aws-sdk/client-ssm");

exports.handler = async (event) => {
  const { Parameter } = await new SSMClient({}).send(new GetParameterCommand({ Name: process.env.PARAMETER }));
  return { greeting: Parameter.Value, name: event.name };
};
