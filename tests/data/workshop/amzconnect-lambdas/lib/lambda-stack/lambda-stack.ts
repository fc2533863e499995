import { Stack } from "aws-cdk-lib";

// The functions of the workshop, which Trunkline's own take the place of.
export class LambdaStack extends Stack {}
