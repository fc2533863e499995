#include "cloud/access/enforce.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/access/actions.h"
#include "cloud/access/call_keys.h"
#include "cloud/access/evaluate.h"
#include "cloud/access/identity.h"
#include "cloud/access/names.h"
#include "cloud/access/resource.h"
#include "cloud/access/usage.h"

namespace trunkline::cloud::access {
namespace {

ServiceError Denied(const aws::Model& model, const Call& call, const Decision& decision) {
  const bool query =
      model.protocol == aws::Protocol::kQuery || model.protocol == aws::Protocol::kRestXml;
  const bool json =
      model.protocol == aws::Protocol::kJson10 || model.protocol == aws::Protocol::kJson11;
  return ServiceError(query ? "AccessDenied" : "AccessDeniedException",
                      fmt::format("User: {} is not authorized to perform: {} on resource: {} {}",
                                  call.principal_arn, call.action, call.resource, decision.why),
                      {{std::string(kDetail), decision.detail}})
      .WithStatus(json ? 400 : 403);
}

// Older clients speak to some services by a model of its own ("sqs-query").
std::string_view ServiceOf(const Route& route) {
  constexpr std::string_view kOlder = "-query";
  std::string_view service = route.model->service;
  if (service.ends_with(kOlder)) service.remove_suffix(kOlder.size());
  return service;
}

// What a call from within would have as its path: the operation's, with the input's members in it.
// Empty when one of them is not there.
std::string PathWithin(const aws::OperationRow& row, const json::Object& input) {
  std::string path;
  std::string_view rest = row.uri;
  for (std::size_t open = rest.find('{'); open != std::string_view::npos; open = rest.find('{')) {
    const std::size_t close = rest.find('}', open);
    const std::string_view label = rest.substr(open + 1, close - open - 1);
    const auto member = std::ranges::find(row.input->members, label, &aws::MemberRow::wire_name);
    if (member == row.input->members.end() || !input.Has(member->name)) return {};
    path.append(rest.substr(0, open)).append(input.GetString(member->name));
    rest.remove_prefix(close + 1);
  }
  return path.append(rest);
}

// Only API Gateway's actions are about paths.
std::string PathOf(const Route& route, const net::Request* request, const json::Object& input) {
  if (request != nullptr) return std::string(request->path());
  if (route.model->signing_name != "apigateway" || route.row->input == nullptr) return {};
  return PathWithin(*route.row, input);
}

// "connect.amazonaws.com" of arn:...:role/aws-service-role/connect.amazonaws.com/...; else empty.
std::string ServiceOfLinkedRole(std::string_view role_arn) {
  constexpr std::string_view kPath = ":role/aws-service-role/";
  const std::size_t path = role_arn.find(kPath);
  if (path == std::string_view::npos) return {};
  const std::string_view rest = role_arn.substr(path + kPath.size());
  return std::string(rest.substr(0, rest.find('/')));
}

class Check {
 public:
  Check(Context& context, PolicyCache& cache, const Route& route, const json::Object& input)
      : context_(context),
        cache_(cache),
        route_(route),
        input_(input),
        identity_(FindIdentity(context, cache, context.caller)) {
    AddCallKeys(context, ServiceOf(route), input_, identity_.keys);
  }

  Answer<void> Run() {
    const std::string path = PathOf(route_, context_.request, input_);
    const json::Object names = DerivedNames(context_.region, ServiceOf(route_), input_);
    const Asked asked{.service = ServiceOf(route_),
                      .signing = route_.model->signing_name,
                      .operation = route_.row->name,
                      .input = input_,
                      .names = names,
                      .caller = context_.caller.arn,
                      .account = context_.caller.account,
                      .region = context_.region,
                      .method = route_.row->method,
                      .path = path};
    for (const Needed& needed : NeededActions(asked)) TL_DO(CheckOne(needed));
    for (const PassedRole& passed : PassedRoles(asked.service, asked.operation, input_)) {
      identity_.keys["iam:passedtoservice"] = {std::string(passed.to)};
      TL_DO(CheckOne({.action = "iam:PassRole", .resource = passed.role_arn}));
    }
    return {};
  }

 private:
  Answer<void> CheckOne(const Needed& needed) {
    // What an operation needs of S3 is asked of the bucket's policy, too.
    const std::string_view service = needed.action.starts_with("s3:") ? "s3" : ServiceOf(route_);
    const bool pass = needed.action == "iam:PassRole";
    Policies policies = identity_.policies;
    Call call{.account = context_.caller.account,
              .principal_arn = context_.caller.arn,
              .role_arn = identity_.role_arn,
              .service = {},
              .action = needed.action,
              .resource = pass ? needed.resource : RealArn(context_, service, needed.resource),
              .keys = identity_.keys};
    if (!pass) AddResourcePolicy(context_, cache_, service, needed.action, call.resource, policies);
    if (!policies.resource_account.empty()) {
      call.keys["aws:resourceaccount"] = {policies.resource_account};
    }
    // A service that makes its own role in the caller's name.
    const std::string linked =
        needed.action == "iam:CreateServiceLinkedRole" ? ServiceOfLinkedRole(call.resource) : "";
    if (!linked.empty())
      call.keys.try_emplace("iam:awsservicename", std::vector<std::string>{linked});
    const Decision decision = Decide(context_, call, policies);
    if (decision.allowed) return {};
    return Denied(*route_.model, call, decision);
  }

  Context& context_;
  PolicyCache& cache_;
  const Route& route_;
  const json::Object& input_;
  Identity identity_;
};

}  // namespace

Answer<void> CheckAccess(Context& context, PolicyCache& cache, const Route& route,
                         const json::Object& input) {
  return Check(context, cache, route, input).Run();
}

}  // namespace trunkline::cloud::access
