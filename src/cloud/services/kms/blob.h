// What a symmetric key encrypts: a blob that names the key and its material, so that Decrypt needs
// no key id.
//
// "\1\2\2\0", then the account, the key's id and the material's id, each with a length byte before
// it, then nonce, text and tag of AES-256-GCM. Everything before the nonce and the encryption
// context, written with sorted keys, are authenticated with it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cloud/services/kms/key.h"

namespace trunkline::cloud::kms {

struct Blob {
  std::string account;
  std::string key_id;
  std::string material_id;
  std::string head;  // everything before the sealed bytes
  std::string sealed;
};

std::string MakeBlob(Context& context, const FoundKey& key, std::string_view plain,
                     const json::Object& encryption_context);
std::optional<Blob> ReadBlob(std::string_view bytes);
// Nothing: another key's, another context, changed bytes.
std::optional<std::string> OpenBlob(const FoundKey& key, const Blob& blob,
                                    const json::Object& encryption_context);

}  // namespace trunkline::cloud::kms
