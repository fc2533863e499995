// cfn-response: answers CloudFormation for the custom resource of an inline function.
const https = require("https");

exports.SUCCESS = "SUCCESS";
exports.FAILED = "FAILED";

exports.send = (event, context, status, data, physicalId, noEcho) => {
  const body = JSON.stringify({
    Status: status,
    Reason: `See the details in CloudWatch Log Stream: ${context.logStreamName}`,
    PhysicalResourceId: physicalId || context.logStreamName,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    NoEcho: noEcho || false,
    Data: data,
  });
  const { hostname, pathname, search } = new URL(event.ResponseURL);
  const headers = { "content-type": "", "content-length": Buffer.byteLength(body) };
  // The promise is for handlers that are async; for the others context.done() ends the invocation.
  return new Promise((resolve, reject) => {
    const request = https.request({ hostname, port: 443, path: pathname + search, method: "PUT", headers }, (answer) => {
      answer.resume();
      resolve();
      context.done();
    });
    request.on("error", (error) => {
      console.log(`the answer to CloudFormation could not be sent: ${error}`);
      reject(error);
      context.done(error);
    });
    request.end(body);
  });
};
