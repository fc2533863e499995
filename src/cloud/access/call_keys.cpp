#include "cloud/access/call_keys.h"

#include <array>
#include <chrono>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/access/actions.h"
#include "cloud/services/iam/entities.h"

namespace trunkline::cloud::access {
namespace {

// Members of inputs that condition keys of their service tell.
struct MemberKey {
  std::string_view service;
  std::string_view member;
  std::string_view key;
};

constexpr std::array<MemberKey, 14> kMembers = {{
    {"cloudformation", "ChangeSetName", "cloudformation:changesetname"},
    {"cloudformation", "RoleARN", "cloudformation:rolearn"},
    {"cloudformation", "TemplateURL", "cloudformation:templateurl"},
    {"iam", "AWSServiceName", "iam:awsservicename"},
    {"iam", "PermissionsBoundary", "iam:permissionsboundary"},
    {"iam", "PolicyArn", "iam:policyarn"},
    {"lambda", "Principal", "lambda:principal"},
    {"s3", "ACL", "s3:x-amz-acl"},
    {"s3", "Delimiter", "s3:delimiter"},
    {"s3", "Prefix", "s3:prefix"},
    {"s3", "SSEKMSKeyId", "s3:x-amz-server-side-encryption-aws-kms-key-id"},
    {"s3", "ServerSideEncryption", "s3:x-amz-server-side-encryption"},
    {"sts", "ExternalId", "sts:externalid"},
    {"sts", "RoleSessionName", "sts:rolesessionname"},
}};

void AddTag(std::string_view key, std::string_view value, Keys& keys) {
  keys["aws:requesttag/" + ToLower(key)] = {std::string(value)};
  keys["aws:tagkeys"].emplace_back(key);
}

// Tags that a call gives, as a list of pairs or as a map.
void AddTags(const json::Object& input, Keys& keys) {
  for (const std::string_view member : {"Tags", "tags", "TagList", "botTags"}) {
    const json::Value* tags = input.Find(member);
    if (tags && tags->IsObject()) {
      for (const json::Member& tag : tags->AsObject()) {
        if (tag.value.IsString()) AddTag(tag.key, tag.value.AsString(), keys);
      }
    } else if (tags && tags->IsArray()) {
      for (const json::Value& tag : tags->AsArray()) {
        if (!tag.IsObject()) continue;
        const json::Object& pair = tag.AsObject();
        const std::string_view key = pair.GetString("Key", pair.GetString("key"));
        AddTag(key, pair.GetString("Value", pair.GetString("value")), keys);
      }
    }
  }
}

// What the role or user has that an IAM operation is about: its boundary, where the call does not
// bring one, and its tags.
void AddEntityKeys(Context& context, const json::Object& input, Keys& keys) {
  const Record* record = nullptr;
  if (input.Has("RoleName")) {
    record = context.store.Find(context.AccountScope(), iam::kRole, input.GetString("RoleName"));
  } else if (input.Has("UserName")) {
    record = context.store.Find(context.AccountScope(), iam::kUser, input.GetString("UserName"));
  }
  if (!record) return;
  const std::string_view boundary = record->body.GetString("PermissionsBoundary");
  if (!boundary.empty() && !keys.contains("iam:permissionsboundary")) {
    keys["iam:permissionsboundary"] = {std::string(boundary)};
  }
  for (const json::Value& tag : record->body.GetArray("Tags")) {
    const std::string key = ToLower(tag.AsObject().GetString("Key"));
    const std::string value(tag.AsObject().GetString("Value"));
    keys["iam:resourcetag/" + key] = {value};
    keys["aws:resourcetag/" + key] = {value};
  }
}

}  // namespace

void AddCallKeys(Context& context, std::string_view service, const json::Object& input,
                 Keys& keys) {
  const auto now =
      std::chrono::duration_cast<std::chrono::seconds>(context.real_clock.Now().time_since_epoch());
  keys["aws:currenttime"] = {ToIso8601(context.real_clock.Now())};
  keys["aws:epochtime"] = {fmt::format("{}", now.count())};
  keys["aws:requestedregion"] = {std::string(context.region)};
  // What stays on this machine needs no TLS: policies that ask for it are about networks.
  keys["aws:securetransport"] = {"true"};
  keys["aws:viaawsservice"] = {context.request == nullptr ? "true" : "false"};
  if (context.request) {
    keys["aws:sourceip"] = {"127.0.0.1"};
    const std::string_view agent = context.request->headers.Get("User-Agent");
    if (!agent.empty()) keys["aws:useragent"] = {std::string(agent)};
  }
  for (const MemberKey& row : kMembers) {
    if (row.service != service) continue;
    std::string text = TextAt(input, row.member);
    if (!text.empty()) keys[std::string(row.key)] = {std::move(text)};
  }
  if (service == "iam") AddEntityKeys(context, input, keys);
  AddTags(input, keys);
}

}  // namespace trunkline::cloud::access
