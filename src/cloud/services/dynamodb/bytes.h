// Binary values in the store: its texts are UTF-8, so bytes are base64 there.
#pragma once

#include "base/json.h"

namespace trunkline::cloud::dynamodb {

// Whether there were any.
bool EncodeBytes(json::Object& attributes);
void DecodeBytes(json::Object& attributes);

}  // namespace trunkline::cloud::dynamodb
