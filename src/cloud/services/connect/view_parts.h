// Views: what their operations share.
//
// A view's contents stand beside its record: "$SAVED", the draft; "$LATEST", what is published; and
// versions. Each holds Content, ViewContentSha256 and Status. The views AWS manages are in every
// instance and no records.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cloud/context.h"
#include "cloud/services/connect/kinds.h"

namespace trunkline::cloud::connect {

inline constexpr std::string_view kCustomerManaged = "CUSTOMER_MANAGED";
inline constexpr std::string_view kAwsManaged = "AWS_MANAGED";

// The view of the instance that input's InstanceId and ViewId name; a qualifier behind the id
// (":$SAVED", ":3") is given back.
struct ViewRequest {
  const Record* view = nullptr;
  std::string qualifier;
};
Answer<ViewRequest> FindView(Context& context, const json::Object& input);

// What of an input's Content is kept, checked: the template is a JSON object; a published one is
// there, with an object as its Head and a list as its Body. InvalidParameterException.
Answer<json::Object> ReadViewContent(const json::Object& content, std::string_view status);

// The structure outputs show: the view with one of its contents. A version has an ARN of its own.
json::Object ShownView(const Record& view, const json::Object& content);

// As records, in order of their names: body {Id, Arn, Name, Type, Status, Version}.
std::vector<Record> ManagedViews(const Context& context);
// The managed view of this ARN, by its only version; nothing for any other text.
std::vector<Record> FindManagedView(const Context& context, std::string_view arn);

}  // namespace trunkline::cloud::connect
