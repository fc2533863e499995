// A template that is there, as a stack of a CDK application: ACME_TEMPLATE is its path, ACME_STACK the stack's name.
const { App, Stack } = require("aws-cdk-lib");
const { CfnInclude } = require("aws-cdk-lib/cloudformation-include");

const app = new App();
const stack = new Stack(app, process.env.ACME_STACK, { env: { account: process.env.ACME_ACCOUNT, region: "us-east-1" } });
new CfnInclude(stack, "Included", { templateFile: process.env.ACME_TEMPLATE });
app.synth();
