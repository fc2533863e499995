// Recipients: Nitro Enclaves that prove themselves by an attestation document. Not implemented, and
// never ignored: an answer without one would hold the plain text.
#pragma once

#include "cloud/operation.h"

namespace trunkline::cloud::kms {

inline Answer<void> RefuseRecipient(const json::Object& input) {
  if (!input.Has("Recipient")) return {};
  return ServiceError("ValidationException",
                      "attestation documents are not implemented by the embedded cloud");
}

}  // namespace trunkline::cloud::kms
