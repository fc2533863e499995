#include "cloud/services/s3/bucket.h"

#include <algorithm>
#include <cctype>

#include "base/hash.h"
#include "base/text.h"

namespace trunkline::cloud::s3 {
namespace {

constexpr std::size_t kMinName = 3;
constexpr std::size_t kMaxName = 63;
constexpr std::size_t kMaxKey = 1024;

bool IsLowerOrDigit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool LooksLikeAddress(std::string_view name) {
  const std::vector<std::string_view> parts = Split(name, '.');
  const auto is_number = [](std::string_view part) {
    return !part.empty() && std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
  };
  return parts.size() == 4 && std::ranges::all_of(parts, is_number);
}

std::string DocumentId(std::string_view bucket, std::string_view kind) {
  return std::string(bucket) + "/" + std::string(kind);
}

}  // namespace

bool IsBucketName(std::string_view name) {
  if (name.size() < kMinName || name.size() > kMaxName) return false;
  const auto fits = [](char c) { return IsLowerOrDigit(c) || c == '-' || c == '.'; };
  if (!std::ranges::all_of(name, fits)) return false;
  if (!IsLowerOrDigit(name.front()) || !IsLowerOrDigit(name.back())) return false;
  if (name.find("..") != std::string_view::npos || LooksLikeAddress(name)) return false;
  for (const std::string_view prefix : {"xn--", "sthree-", "amzn-s3-demo-"}) {
    if (name.starts_with(prefix)) return false;
  }
  for (const std::string_view suffix : {"-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"}) {
    if (name.ends_with(suffix)) return false;
  }
  return true;
}

bool WasBucketName(std::string_view name) {
  constexpr std::size_t kMaxOldName = 255;
  return name.size() >= kMinName && name.size() <= kMaxOldName &&
         std::ranges::all_of(name, [](char c) {
           return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '-' ||
                  c == '_';
         });
}

Answer<void> CheckKey(std::string_view key) {
  if (key.size() > kMaxKey) {
    return S3Error(Fault::kKeyTooLong, {{"Size", std::to_string(key.size())},
                                        {"MaxSizeAllowed", std::to_string(kMaxKey)}});
  }
  if (!IsUtf8(key)) return S3Error(Fault::kInvalidUri);
  return {};
}

Answer<const Record*> FindBucketByName(Context& context, std::string_view name) {
  if (const Record* bucket = context.store.Find(Context::GlobalScope(), kBucket, name))
    return bucket;
  if (!WasBucketName(name)) return S3Error(Fault::kInvalidBucketName, {{"BucketName", name}});
  return S3Error(Fault::kNoSuchBucket, {{"BucketName", name}});
}

Answer<const Record*> FindBucket(Context& context, const json::Object& input) {
  TL_TRY(const Record* bucket, FindBucketByName(context, input.GetString("Bucket")));
  const std::string_view owner = input.GetString("ExpectedBucketOwner");
  if (!owner.empty() && owner != bucket->parent) return S3Error(Fault::kAccessDenied);
  return bucket;
}

const Record* FindDocument(Context& context, std::string_view bucket, std::string_view kind) {
  return context.store.Find(Context::GlobalScope(), kDocument, DocumentId(bucket, kind));
}

void PutDocument(Context& context, std::string_view bucket, std::string_view kind,
                 json::Object document) {
  context.store.Put(Context::GlobalScope(), kDocument,
                    {.id = DocumentId(bucket, kind),
                     .parent = std::string(bucket),
                     .name = std::string(kind),
                     .body = std::move(document)});
}

bool DeleteDocument(Context& context, std::string_view bucket, std::string_view kind) {
  return context.store.Delete(Context::GlobalScope(), kDocument, DocumentId(bucket, kind));
}

std::string CanonicalUser(std::string_view account) {
  return ToHex(Sha256("s3 canonical user " + std::string(account)));
}

json::Object ToOwner(std::string_view account) {
  return {{"DisplayName", "account-" + std::string(account)}, {"ID", CanonicalUser(account)}};
}

std::string BucketArn(std::string_view bucket) {
  return "arn:aws:s3:::" + std::string(bucket);
}

}  // namespace trunkline::cloud::s3
