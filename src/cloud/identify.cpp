#include "cloud/identify.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "aws/codec.h"
#include "base/text.h"
#include "cloud/callers.h"
#include "cloud/errors.h"

namespace trunkline::cloud {
namespace {

// Not read from the models, because reading them all takes longer than a first answer may.
constexpr ServiceName kServiceNames[] = {
    {.model = "apigateway", .signing = "apigateway", .target = {}, .version = {}},
    {.model = "apigatewayv2", .signing = "apigateway", .target = {}, .version = {}},
    {.model = "cloudformation", .signing = "cloudformation", .target = {}, .version = "2010-05-15"},
    {.model = "cloudwatch",
     .signing = "monitoring",
     .target = "GraniteServiceVersion20100801",
     .version = {}},
    {.model = "cloudwatch-query", .signing = "monitoring", .target = {}, .version = "2010-08-01"},
    {.model = "codebuild", .signing = "codebuild", .target = "CodeBuild_20161006", .version = {}},
    {.model = "codeconnections",
     .signing = "codeconnections",
     .target = "com.amazonaws.codeconnections.CodeConnections_20231201",
     .version = {}},
    {.model = "codepipeline",
     .signing = "codepipeline",
     .target = "CodePipeline_20150709",
     .version = {}},
    {.model = "codestar-connections",
     .signing = "codestar-connections",
     .target = "com.amazonaws.codestar.connections.CodeStar_connections_20191201",
     .version = {}},
    {.model = "connect", .signing = "connect", .target = {}, .version = {}},
    {.model = "connectparticipant", .signing = "execute-api", .target = {}, .version = {}},
    {.model = "dynamodb", .signing = "dynamodb", .target = "DynamoDB_20120810", .version = {}},
    {.model = "dynamodbstreams",
     .signing = "dynamodb",
     .target = "DynamoDBStreams_20120810",
     .version = {}},
    {.model = "ecr",
     .signing = "ecr",
     .target = "AmazonEC2ContainerRegistry_V20150921",
     .version = {}},
    {.model = "events", .signing = "events", .target = "AWSEvents", .version = {}},
    {.model = "iam", .signing = "iam", .target = {}, .version = "2010-05-08"},
    {.model = "kms", .signing = "kms", .target = "TrentService", .version = {}},
    {.model = "lambda", .signing = "lambda", .target = {}, .version = {}},
    {.model = "lexv2-models", .signing = "lex", .target = {}, .version = {}},
    {.model = "lexv2-runtime", .signing = "lex", .target = {}, .version = {}},
    {.model = "logs", .signing = "logs", .target = "Logs_20140328", .version = {}},
    {.model = "s3", .signing = "s3", .target = {}, .version = {}},
    {.model = "scheduler", .signing = "scheduler", .target = {}, .version = {}},
    {.model = "secretsmanager",
     .signing = "secretsmanager",
     .target = "secretsmanager",
     .version = {}},
    {.model = "sns", .signing = "sns", .target = {}, .version = "2010-03-31"},
    {.model = "sqs", .signing = "sqs", .target = "AmazonSQS", .version = {}},
    {.model = "sqs-query", .signing = "sqs", .target = {}, .version = "2012-11-05"},
    {.model = "ssm", .signing = "ssm", .target = "AmazonSSM", .version = {}},
    {.model = "stepfunctions", .signing = "states", .target = "AWSStepFunctions", .version = {}},
    {.model = "sts", .signing = "sts", .target = {}, .version = "2011-06-15"},
};

// Longer than any Action or Version: a form is looked into no further.
constexpr std::size_t kFormStart = 64U << 10U;

bool IsForm(const net::Request& request) {
  return request.headers.Get("Content-Type").starts_with("application/x-www-form-urlencoded");
}

std::string FormField(const net::Request& request, std::string_view name) {
  const std::string_view form =
      IsForm(request) ? std::string_view(request.body).substr(0, kFormStart) : request.query();
  for (const auto& [key, value] : net::ParseQuery(form, true)) {
    if (key == name) return value;
  }
  return {};
}

std::string_view TargetPrefix(const net::Request& request) {
  const std::string_view target = request.headers.Get("X-Amz-Target");
  return target.substr(0, target.rfind('.'));
}

template <class Matches>
std::string_view SigningNameWhere(const Matches& matches) {
  const auto* const found =
      std::find_if(std::begin(kServiceNames), std::end(kServiceNames), matches);
  return found == std::end(kServiceNames) ? std::string_view() : found->signing;
}

// The service of a request without a signature, as a signing name; empty: it says nothing we know.
std::string_view UnsignedService(const net::Request& request) {
  if (request.headers.Has("X-Amz-Target")) {
    const std::string_view prefix = TargetPrefix(request);
    return SigningNameWhere(
        [&](const ServiceName& row) { return !row.target.empty() && row.target == prefix; });
  }
  const std::string version = FormField(request, "Version");
  if (!version.empty() && !FormField(request, "Action").empty()) {
    return SigningNameWhere([&](const ServiceName& row) { return row.version == version; });
  }
  // A form without the two is a browser's upload to S3; a POST of JSON to "/" is a client without
  // credentials.
  if (request.path() == "/" && request.method != "GET" && request.method != "HEAD") return {};
  return "s3";
}

// The participant service takes tokens; some clients sign all the same, some with empty keys.
constexpr std::string_view kParticipantSigning = "execute-api";

bool IsOfParticipant(const net::Request& request) {
  return request.headers.Has("X-Amz-Bearer") && request.path().starts_with("/participant/");
}

aws::Protocol LikelyProtocol(const net::Request& request) {
  if (request.headers.Has("X-Amz-Target")) return aws::Protocol::kJson10;
  if (IsForm(request) || !FormField(request, "Action").empty()) return aws::Protocol::kQuery;
  return aws::Protocol::kRestJson;
}

// How a request that no row answers to names its operation: by target or Action, else not at all.
std::string OperationName(const aws::Model& model, const net::Request& request) {
  if (model.protocol == aws::Protocol::kQuery) return FormField(request, "Action");
  const std::string_view target = request.headers.Get("X-Amz-Target");
  const std::size_t dot = target.rfind('.');
  return dot == std::string_view::npos ? std::string() : std::string(target.substr(dot + 1));
}

ServiceError NoOperation(const aws::Model& model, const net::Request& request) {
  const bool rest =
      model.protocol == aws::Protocol::kRestJson || model.protocol == aws::Protocol::kRestXml;
  if (rest) return NoSuchRoute(model, request.method, request.path());
  return NotImplemented(model, OperationName(model, request));
}

const aws::OperationRow* FindRow(const aws::Model& model, const net::Request& request,
                                 const std::optional<std::string>& target) {
  if (!target) return aws::FindRoute(model, request);
  // Without the body, which can be large and does not matter to a REST route.
  const net::Request moved{
      .method = request.method, .target = *target, .headers = request.headers, .body = {}};
  return aws::FindRoute(model, moved);
}

}  // namespace

std::span<const ServiceName> AllServiceNames() {
  return kServiceNames;
}

// Models with nothing but a protocol, to write errors of unknown services by.
struct Identifier::BareModels {
  aws::Model rest_json;
  aws::Model json;
  aws::Model query;
};

Identifier::Identifier(const Dispatch& dispatch) : dispatch_(dispatch) {
  auto bare = std::make_unique<BareModels>();
  bare->rest_json.protocol = aws::Protocol::kRestJson;
  bare->json.protocol = aws::Protocol::kJson10;
  bare->query.protocol = aws::Protocol::kQuery;
  bare_ = std::move(bare);
}

Identifier::~Identifier() = default;

const aws::Model* Identifier::Bare(const net::Request& request) const {
  const aws::Protocol protocol = LikelyProtocol(request);
  if (protocol == aws::Protocol::kJson10) return &bare_->json;
  return protocol == aws::Protocol::kQuery ? &bare_->query : &bare_->rest_json;
}

void Identifier::FindOperation(const net::Request& request, std::string_view signing_name,
                               Identity& identity) const {
  for (const ServiceName& name : kServiceNames) {
    const Service* service =
        name.signing == signing_name ? dispatch_.FindService(name.model) : nullptr;
    const aws::Model* model = service ? dispatch_.models().Find(name.model) : nullptr;
    if (!model) continue;
    identity.model = model;
    if (service->target) identity.target = service->target(request);
    identity.route = {
        .model = model, .row = FindRow(*model, request, identity.target), .service = service};
    if (identity.route.row) break;
  }
  if (!identity.model) {
    identity.model = Bare(request);
    identity.error = UnknownService(signing_name, identity.model->protocol);
  } else if (!identity.route.row) {
    identity.error = NoOperation(*identity.model, request);
  } else {
    const std::string& operation = identity.route.row->name;
    identity.route.handler = dispatch_.FindHandler(identity.model->service, operation);
    if (!identity.route.handler) identity.error = NotImplemented(*identity.model, operation);
  }
}

Identity Identifier::Identify(const net::Request& request) const {
  Identity identity;
  if (IsOfParticipant(request)) {
    identity.region = kDefaultRegion;
    FindOperation(request, kParticipantSigning, identity);
    return identity;
  }
  auto authorization = aws::ReadAuthorization(request);
  if (!authorization) {
    identity.model = Bare(request);
    identity.error = NotAuthenticated(*identity.model, AuthenticationFault::kMalformed,
                                      authorization.error().message());
    return identity;
  }
  identity.authorization = std::move(authorization).value();
  const bool signed_v4 = identity.authorization && !identity.authorization->sigv2;
  identity.region = signed_v4 ? identity.authorization->region : std::string(kDefaultRegion);
  const std::string_view signing_name = signed_v4
                                            ? std::string_view(identity.authorization->service)
                                        : identity.authorization ? std::string_view("s3")
                                                                 : UnsignedService(request);
  if (signing_name.empty()) {
    identity.model = Bare(request);
    identity.error = NoService();
    return identity;
  }
  FindOperation(request, signing_name, identity);
  return identity;
}

}  // namespace trunkline::cloud
