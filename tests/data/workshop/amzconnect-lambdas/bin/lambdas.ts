import { App } from "aws-cdk-lib";
import { LambdaStack } from "../lib/lambda-stack/lambda-stack";

new LambdaStack(new App(), "lambdas");
