// Waiters, by service: those that functions use on what they deploy.
const { setTimeout: pause } = require("node:timers/promises");

function waiter(makeCommand, judge) {
  return async ({ client, maxWaitTime = 300, minDelay = 1 }, input) => {
    const end = Date.now() + maxWaitTime * 1000;
    for (;;) {
      const [state, reason] = await client.send(makeCommand(input)).then((output) => [judge(output), output], (error) => [judge(null, error), error]);
      if (state === "SUCCESS") return { state, reason };
      if (state === "FAILURE" || Date.now() >= end) {
        const failed = new Error(JSON.stringify({ state: state === "FAILURE" ? state : "TIMEOUT", reason: reason.message ?? reason }));
        throw Object.assign(failed, { name: state === "FAILURE" ? "Error" : "TimeoutError" });
      }
      await pause(minDelay * 1000);
    }
  };
}

// By a state of the answer: reached, failed, or not yet.
const byState = (read, good) => (output, error) => {
  if (error) return "FAILURE";
  return read(output) === good ? "SUCCESS" : read(output) === "Failed" ? "FAILURE" : "RETRY";
};
const whenThere = (output) => (output ? "SUCCESS" : "RETRY");

module.exports = {
  dynamodb: ({ DescribeTableCommand }) => {
    const table = (input) => new DescribeTableCommand(input);
    return {
      waitUntilTableExists: waiter(table, (output) => (output?.Table.TableStatus === "ACTIVE" ? "SUCCESS" : "RETRY")),
      waitUntilTableNotExists: waiter(table, (output, error) => (error?.name === "ResourceNotFoundException" ? "SUCCESS" : "RETRY")),
    };
  },
  lambda: ({ GetFunctionCommand, GetFunctionConfigurationCommand }) => {
    const configuration = (input) => new GetFunctionConfigurationCommand(input);
    const whole = (input) => new GetFunctionCommand(input);
    return {
      waitUntilFunctionActive: waiter(configuration, byState((output) => output.State, "Active")),
      waitUntilFunctionActiveV2: waiter(whole, byState((output) => output.Configuration?.State, "Active")),
      waitUntilFunctionExists: waiter(whole, whenThere),
      waitUntilFunctionUpdated: waiter(configuration, byState((output) => output.LastUpdateStatus, "Successful")),
      waitUntilFunctionUpdatedV2: waiter(whole, byState((output) => output.Configuration?.LastUpdateStatus, "Successful")),
    };
  },
  s3: ({ HeadBucketCommand, HeadObjectCommand }) => ({
    waitUntilBucketExists: waiter((input) => new HeadBucketCommand(input), whenThere),
    waitUntilObjectExists: waiter((input) => new HeadObjectCommand(input), whenThere),
  }),
};
