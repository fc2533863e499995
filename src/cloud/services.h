// The services of the embedded cloud. To add one: write services/<name>/, define its Service there,
// and add a line here, alphabetically. Listed but not written: the linker names what is missing.
// Written but not listed: a test does.
#pragma once

#include <span>

#include "cloud/operation.h"

// clang-format off: a line for each, so that additions merge
#define TL_CLOUD_SERVICES(X) \
  X(ApiGateway)              \
  X(ApiGatewayV2)            \
  X(CloudWatch)              \
  X(CloudWatchQuery)         \
  X(Cloudformation)          \
  X(CodeConnections)         \
  X(CodePipeline)            \
  X(CodeStarConnections)     \
  X(Codebuild)               \
  X(Connect)                 \
  X(ConnectParticipant)      \
  X(DynamoDb)                \
  X(DynamoDbStreams)         \
  X(Ecr)                     \
  X(Events)                  \
  X(Iam)                     \
  X(Kms)                     \
  X(Lambda)                  \
  X(Lexv2Models)             \
  X(Lexv2Runtime)            \
  X(Logs)                    \
  X(S3)                      \
  X(Scheduler)               \
  X(Secretsmanager)          \
  X(Sns)                     \
  X(Sqs)                     \
  X(SqsQuery)                \
  X(Ssm)                     \
  X(StepFunctions)           \
  X(Sts)
// clang-format on

namespace trunkline::cloud {

#define TL_DECLARE_SERVICE(name) extern constinit const Service k##name##Service;
TL_CLOUD_SERVICES(TL_DECLARE_SERVICE)
#undef TL_DECLARE_SERVICE

// All of the list, in its order.
std::span<const Service* const> AllServices();

}  // namespace trunkline::cloud
