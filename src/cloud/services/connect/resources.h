// Resources of an instance: how they are found, made, changed and listed, the same way for every
// family of operations.
//
// A record's body is the structure its Describe answers, so that a read is a look-up and a copy.
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cloud/context.h"
#include "cloud/services/connect/kinds.h"

namespace trunkline::cloud::connect {

// ---- names

std::string InstanceArn(const Context& context, std::string_view instance_id);
std::string ResourceArn(const Context& context, std::string_view instance_id, std::string_view path,
                        std::string_view id);
// The id that an id or an ARN of this account and Region names; empty for an ARN of another place
// or of another kind. `instance_id` is empty when any instance will do.
std::string_view IdOfResource(const Context& context, std::string_view instance_id,
                              std::string_view path, std::string_view id_or_arn);

// ---- finding: ResourceNotFoundException when there is none

// The instance named by input's InstanceId (id or ARN), in any status.
Answer<const Record*> FindInstance(Context& context, const json::Object& input);
Answer<const Record*> FindInstance(Context& context, std::string_view id_or_arn);
// The same, but one that is still being created is not found yet.
Answer<const Record*> FindActiveInstance(Context& context, const json::Object& input);
// A resource of the instance, by id or ARN.
Answer<const Record*> FindResource(Context& context, const Record& instance,
                                   const ResourceKind& kind, std::string_view id_or_arn);
// The resource that input's InstanceId and the kind's label name.
Answer<const Record*> FindResource(Context& context, const ResourceKind& kind,
                                   const json::Object& input);

// ---- making and changing

// A record that is not stored yet: id, ARN, name, Description and Tags from the input, time and
// Region of the change. The kind's errors when the name is taken or the instance full.
Answer<Record> NewResource(Context& context, const Record& instance, const ResourceKind& kind,
                           std::string_view name, const json::Object& input);
// The kind's error when another resource of the kind has the name.
Answer<void> CheckNameIsFree(Context& context, const Record& instance, const ResourceKind& kind,
                             std::string_view name, std::string_view own_id);
// Takes Name and Description from the input where it has them; an empty description removes it.
Answer<void> Rename(Context& context, const ResourceKind& kind, const json::Object& input,
                    Record& record);
// Stores a changed record with LastModifiedTime and LastModifiedRegion.
void Save(Context& context, Kind kind, Record record);
void Touch(Context& context, json::Object& body);
json::Value Now(const Context& context);

// Copies those of `members` that the input has.
void CopyMembers(const json::Object& input, std::span<const std::string_view> members,
                 json::Object& body);
void CopyMembers(const json::Object& input, std::initializer_list<std::string_view> members,
                 json::Object& body);

// ---- describing and listing

// {wrapper: body}
Answer<> Describe(Context& context, const ResourceKind& kind, const json::Object& input);

// A page of items the handler has collected, cut by the input's MaxResults and NextToken. `listing`
// is the same text for all pages of a listing (operation, instance, filter); `keys` orders it.
// `error` is the code for a foreign token.
struct PageOptions {
  std::string listing;
  std::size_t default_limit = 100;
  std::string_view error = "InvalidRequestException";
};
struct PageItem {
  std::string key;  // unique and ordered within the listing
  json::Value value;
};
// {member: [...], NextToken}
Answer<> PageOf(const json::Object& input, std::string_view member, std::vector<PageItem> items,
                const PageOptions& options);
// The same of records, ordered by name and id; only those on the page are turned into values.
using ToValue = json::Value (*)(Context& context, const Record& record);
Answer<> PageOf(Context& context, const json::Object& input, std::string_view member,
                const std::vector<const Record*>& records, ToValue to_value,
                const PageOptions& options);

// {Id, Arn, Name, LastModifiedTime, LastModifiedRegion} of a resource, as most List operations show
// it.
json::Object Summary(const ResourceKind& kind, const Record& record);

// ---- errors

ServiceError NotFound(std::string_view word, std::string_view what, const Record& instance);
ServiceError InvalidRequest(std::string_view message);
ServiceError InvalidParameter(std::string_view message);
// What to call the instance in messages: its alias, or its id.
std::string_view NameOf(const Record& instance);

}  // namespace trunkline::cloud::connect
