#include "cloud/services/stepfunctions/resource.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"

namespace trunkline::cloud::stepfunctions {
namespace {

constexpr std::string_view kToken = ".waitForTaskToken";
constexpr std::string_view kSync2 = ".sync:2";
constexpr std::string_view kSync = ".sync";

// Names of AWS SDK integrations are those of the Java SDK: services, and what errors begin with.
struct SdkService {
  std::string_view name;
  std::string_view prefix;
  std::string_view model;
};
constexpr std::array kSdkServices = {
    SdkService{"apigateway", "ApiGateway", "apigateway"},
    SdkService{"apigatewayv2", "ApiGatewayV2", "apigatewayv2"},
    SdkService{"cloudformation", "CloudFormation", "cloudformation"},
    SdkService{"cloudwatchlogs", "CloudWatchLogs", "logs"},
    SdkService{"codebuild", "CodeBuild", "codebuild"},
    SdkService{"codeconnections", "CodeConnections", "codeconnections"},
    SdkService{"codepipeline", "CodePipeline", "codepipeline"},
    SdkService{"codestarconnections", "CodeStarConnections", "codestar-connections"},
    SdkService{"connect", "Connect", "connect"},
    SdkService{"connectparticipant", "ConnectParticipant", "connectparticipant"},
    SdkService{"dynamodb", "DynamoDb", "dynamodb"},
    SdkService{"dynamodbstreams", "DynamoDbStreams", "dynamodbstreams"},
    SdkService{"ecr", "Ecr", "ecr"},
    SdkService{"eventbridge", "EventBridge", "events"},
    SdkService{"iam", "Iam", "iam"},
    SdkService{"kms", "Kms", "kms"},
    SdkService{"lambda", "Lambda", "lambda"},
    SdkService{"lexmodelsv2", "LexModelsV2", "lexv2-models"},
    SdkService{"lexruntimev2", "LexRuntimeV2", "lexv2-runtime"},
    SdkService{"s3", "S3", "s3"},
    SdkService{"secretsmanager", "SecretsManager", "secretsmanager"},
    SdkService{"sfn", "Sfn", "stepfunctions"},
    SdkService{"sns", "Sns", "sns"},
    SdkService{"sqs", "Sqs", "sqs"},
    SdkService{"ssm", "Ssm", "ssm"},
    SdkService{"sts", "Sts", "sts"},
};

const SdkService* FindService(std::string_view name) {
  const auto* const found = std::ranges::find(kSdkServices, name, &SdkService::name);
  return found == kSdkServices.end() ? nullptr : found;
}

Error NotRecognised(std::string_view arn) {
  return Error(ErrorKind::kInvalid,
               "The resource provided {} is not recognized. The value is not a valid resource ARN, "
               "or the resource is not available in this region.",
               arn);
}

void TakePattern(Resource& resource, std::string_view& action) {
  if (action.ends_with(kToken)) {
    resource.pattern = Resource::Pattern::kToken;
    action.remove_suffix(kToken.size());
  } else if (action.ends_with(kSync2)) {
    resource.pattern = Resource::Pattern::kSync;
    resource.sync2 = true;
    action.remove_suffix(kSync2.size());
  } else if (action.ends_with(kSync)) {
    resource.pattern = Resource::Pattern::kSync;
    action.remove_suffix(kSync.size());
  }
}

// What stands behind "arn:aws:states:::".
Result<Resource> ReadIntegration(std::string_view arn, std::string_view rest) {
  Resource resource{.kind = Resource::Kind::kOptimized, .arn = std::string(arn)};
  if (rest.starts_with("aws-sdk:")) {
    resource.kind = Resource::Kind::kSdk;
    rest.remove_prefix(std::string_view("aws-sdk:").size());
  }
  TakePattern(resource, rest);
  const std::size_t colon = rest.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == rest.size())
    return NotRecognised(arn);
  resource.service = rest.substr(0, colon);
  resource.action = rest.substr(colon + 1);
  if (resource.action.find(':') != std::string::npos) return NotRecognised(arn);
  if (resource.kind == Resource::Kind::kSdk && resource.pattern == Resource::Pattern::kSync)
    return NotRecognised(arn);
  return resource;
}

}  // namespace

std::string Resource::event_type() const {
  return kind == Kind::kSdk ? "aws-sdk:" + service : service;
}

std::string Resource::event_resource() const {
  if (pattern == Pattern::kToken) return fmt::format("{}{}", action, kToken);
  if (pattern == Pattern::kSync) return fmt::format("{}{}", action, sync2 ? kSync2 : kSync);
  return action;
}

Result<Resource> ReadResource(std::string_view arn) {
  const std::vector<std::string_view> parts = Split(arn, ':');
  if (parts.size() < 6 || parts[0] != "arn" || !parts[1].starts_with("aws")) {
    return Error(ErrorKind::kInvalid, "Value is not a valid resource ARN");
  }
  if (parts[2] == "states" && parts[3].empty() && parts[4].empty()) {
    const std::size_t start = static_cast<std::size_t>(parts[5].data() - arn.data());
    return ReadIntegration(arn, arn.substr(start));
  }
  Resource resource{
      .arn = std::string(arn), .region = std::string(parts[3]), .account = std::string(parts[4])};
  if (parts[2] == "lambda" && parts[5] == "function" && parts.size() >= 7) return resource;
  if (parts[2] == "states" && parts[5] == "activity" && parts.size() == 7) {
    resource.kind = Resource::Kind::kActivityArn;
    return resource;
  }
  return NotRecognised(arn);
}

std::string_view ModelOfSdkService(std::string_view service) {
  const SdkService* found = FindService(service);
  return found ? found->model : std::string_view();
}

std::string SdkErrorPrefix(std::string_view service) {
  const SdkService* found = FindService(service);
  std::string prefix(found ? found->prefix : service);
  if (!found && !prefix.empty()) prefix[0] = ToUpper(prefix.substr(0, 1))[0];
  return prefix;
}

}  // namespace trunkline::cloud::stepfunctions
