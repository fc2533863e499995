#include "cloud/services/kms/blob.h"

#include "base/json_write.h"
#include "base/seal.h"

namespace trunkline::cloud::kms {
namespace {

constexpr std::string_view kMagic{"\1\2\2\0", 4};

void Append(std::string& out, std::string_view text) {
  out += static_cast<char>(text.size());
  out += text;
}

bool Take(std::string_view& bytes, std::string& out) {
  if (bytes.empty()) return false;
  const std::size_t length = static_cast<unsigned char>(bytes.front());
  if (bytes.size() < 1 + length) return false;
  out = bytes.substr(1, length);
  bytes.remove_prefix(1 + length);
  return true;
}

std::string BoundTo(std::string_view head, const json::Object& encryption_context) {
  return std::string(head) + json::WriteSorted(encryption_context);
}

}  // namespace

std::string MakeBlob(Context& context, const FoundKey& key, std::string_view plain,
                     const json::Object& encryption_context) {
  std::string head(kMagic);
  Append(head, key.scope.account);
  Append(head, key.record.id);
  Append(head, key.Material().GetString("Id"));
  return head + Seal(context.random, key.MaterialBytes(), plain, BoundTo(head, encryption_context));
}

std::optional<Blob> ReadBlob(std::string_view bytes) {
  if (!bytes.starts_with(kMagic)) return std::nullopt;
  std::string_view rest = bytes.substr(kMagic.size());
  Blob blob;
  if (!Take(rest, blob.account) || !Take(rest, blob.key_id) || !Take(rest, blob.material_id))
    return std::nullopt;
  blob.head = bytes.substr(0, bytes.size() - rest.size());
  blob.sealed = rest;
  return blob;
}

std::optional<std::string> OpenBlob(const FoundKey& key, const Blob& blob,
                                    const json::Object& encryption_context) {
  const std::string material = key.MaterialBytes(blob.material_id);
  if (material.size() != kSealKeyLength) return std::nullopt;
  return Unseal(material, blob.sealed, BoundTo(blob.head, encryption_context));
}

}  // namespace trunkline::cloud::kms
