#include "flow/content_hash.h"

#include "base/hash.h"
#include "base/json_read.h"
#include "base/json_write.h"

namespace trunkline::flow {

std::string NormalisedHash(std::string_view content) {
  const Result<json::Value> value = json::Parse(content);
  return ToHex(Sha256(value ? json::WriteSorted(*value) : std::string(content)));
}

}  // namespace trunkline::flow
