#include "aws/endpoint.h"

#include <algorithm>

#include "aws/partition.h"
#include "base/text.h"

namespace trunkline::aws {
namespace {

// One endpoint for a whole partition.
bool IsGlobal(const Model& model) {
  return model.service == "iam" || model.service == "organizations";
}

// "Lex Models V2" -> "LEX_MODELS_V2"; in configuration files in lower case.
std::string VariableName(const Model& model) {
  return ToUpper(Replace(model.service_id, " ", "_"));
}

const std::string* FindSetting(const Profiles& profiles, const std::string& section,
                               const std::string& key) {
  const auto found = profiles.find(section);
  if (found == profiles.end()) return nullptr;
  const auto value = found->second.find(key);
  return value == found->second.end() ? nullptr : &value->second;
}

struct Named {
  std::string url;
  std::string where;  // for the message
};

Named FromProfile(const Model& model, const EndpointChoice& choice) {
  if (const std::string* section = FindSetting(choice.profiles, choice.profile, "services")) {
    const std::string key = ToLower(VariableName(model)) + ".endpoint_url";
    if (const std::string* url = FindSetting(choice.profiles, "services " + *section, key)) {
      return {*url, fmt::format("section 'services {}'", *section)};
    }
  }
  if (const std::string* url = FindSetting(choice.profiles, choice.profile, "endpoint_url")) {
    return {*url, fmt::format("profile '{}'", choice.profile)};
  }
  return {};
}

Named FindNamed(const Model& model, const EndpointChoice& choice) {
  if (!choice.option.empty()) return {choice.option, "the endpoint URL"};
  if (EqualsIgnoreCase(choice.environment.GetOr("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", ""), "true"))
    return {};
  for (const std::string& name :
       {"AWS_ENDPOINT_URL_" + VariableName(model), std::string("AWS_ENDPOINT_URL")}) {
    const std::string url = choice.environment.GetOr(name, "");
    if (!url.empty()) return {url, name};
  }
  return FromProfile(model, choice);
}

std::string OwnHost(const Model& model, std::string_view region, const Partition& partition) {
  if (model.service == "iam") return std::string(partition.iam_host);
  const std::string_view place = IsGlobal(model) ? partition.global_region : region;
  return fmt::format("{}.{}.{}", model.endpoint_prefix, place, partition.domain);
}

bool IsHostLabel(std::string_view bucket) {
  // A dot would need a certificate of its own.
  return bucket.size() >= 3 && bucket.size() <= 63 && std::ranges::all_of(bucket, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

// "/bucket/key" on s3.REGION... becomes "/key" on bucket.s3.REGION....
void MoveBucketIntoHost(const json::Object& input, Endpoint& endpoint, net::Request& request) {
  const std::string_view bucket = input.GetString("Bucket");
  if (!IsHostLabel(bucket)) return;
  request.target.erase(0, bucket.size() + 1);
  if (!request.target.starts_with('/')) request.target.insert(0, "/");
  endpoint.url.host = fmt::format("{}.{}", bucket, endpoint.url.host);
}

std::string HostPrefix(const OperationRow& operation, const json::Object& input) {
  std::string prefix = operation.host_prefix;
  if (operation.input == nullptr) return prefix;
  for (const MemberRow& member : operation.input->members) {
    if (member.host_label)
      prefix = Replace(prefix, "{" + member.name + "}", input.GetString(member.name));
  }
  return prefix;
}

}  // namespace

Result<Endpoint> FindEndpoint(const Model& model, std::string_view region,
                              const EndpointChoice& choice) {
  const Partition& partition = PartitionOf(region);
  const std::string signing_region(IsGlobal(model) ? partition.global_region : region);
  const Named named = FindNamed(model, choice);
  const std::string text =
      named.url.empty() ? "https://" + OwnHost(model, region, partition) : named.url;
  const std::optional<net::Url> url = net::ParseUrl(text);
  if (!url || url->host.empty() || (url->scheme != "http" && url->scheme != "https")) {
    return Error(ErrorKind::kInvalid,
                 "expected a URL like 'http://127.0.0.1:4566' in {} but got '{}'", named.where,
                 text);
  }
  return Endpoint{.url = *url, .signing_region = signing_region, .own = named.url.empty()};
}

void Address(const Model& model, const OperationRow& operation, const json::Object& input,
             Endpoint& endpoint, net::Request& request) {
  if (endpoint.own) {
    if (model.service == "s3") MoveBucketIntoHost(input, endpoint, request);
    endpoint.url.host.insert(0, HostPrefix(operation, input));
  }
  std::string before = endpoint.url.target;
  if (before.ends_with('/')) before.pop_back();
  request.target.insert(0, before);
  request.headers.Set("Host", endpoint.url.Authority());
}

}  // namespace trunkline::aws
