#include "cloud/services/s3/refuse_input.h"

#include <algorithm>

#include "base/text.h"
#include "cloud/services/s3/errors.h"

namespace trunkline::cloud::s3 {
namespace {

bool IsUnknown(const aws::MemberRow& member, const json::Value& value) {
  const std::vector<std::string>& names = member.shape->enumeration;
  return !names.empty() && value.IsString() &&
         std::ranges::find(names, value.AsString()) == names.end();
}

ServiceError RefuseHeader(const std::string& header, const std::string& value) {
  const std::string name = ToLower(header);
  constexpr int kBadRequest = 400;
  if (name == "x-amz-storage-class") {
    return ServiceError("InvalidStorageClass", "The storage class you specified is not valid",
                        {{"StorageClassRequested", value}})
        .WithStatus(kBadRequest);
  }
  if (name == "x-amz-object-ownership") {
    return S3Error(Fault::kInvalidArgument,
                   fmt::format("Invalid x-amz-object-ownership header: {}", value),
                   {{"ArgumentName", name}});
  }
  const std::string_view text = name == "x-amz-server-side-encryption"
                                    ? "The encryption method specified is not supported"
                                    : "Invalid Argument";
  return S3Error(Fault::kInvalidArgument, text, {{"ArgumentName", name}, {"ArgumentValue", value}});
}

// "Value 'x' at 'tagging.tagSet.1.member.key' failed ...": something within a document.
bool IsWithinDocument(std::string_view violation) {
  const std::size_t end = violation.rfind("' failed to satisfy constraint");
  const std::size_t begin = violation.rfind(" at '", end);
  if (end == std::string_view::npos || begin == std::string_view::npos) return false;
  return violation.substr(begin, end - begin).find('.') != std::string_view::npos;
}

}  // namespace

std::optional<ServiceError> RefuseInput(const aws::OperationRow& row, const json::Object& input,
                                        const std::vector<std::string>& violations) {
  for (const aws::MemberRow& member : row.input->members) {
    const json::Value* value = input.Find(member.name);
    if (member.location != aws::Location::kHeader || !value || !IsUnknown(member, *value)) continue;
    return RefuseHeader(member.wire_name, value->AsString());
  }
  if (row.name == "PutBucketPolicy" && input.GetString("Policy").empty())
    return S3Error(Fault::kMalformedPolicy,
                   "Policies must be valid JSON and the first byte must be '{'");
  if (std::ranges::any_of(violations, IsWithinDocument)) return S3Error(Fault::kMalformedXml);
  return std::nullopt;
}

}  // namespace trunkline::cloud::s3
