// Which bytes of an object a request asks for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "cloud/operation.h"

namespace trunkline::cloud::s3 {

struct ByteRange {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

// "bytes=0-99", "bytes=100-", "bytes=-100". Nothing for a header that S3 ignores: another unit,
// several ranges, or no numbers. InvalidRange when it lies behind the end.
Answer<std::optional<ByteRange>> ReadRange(std::string_view header, std::uint64_t size);

// "bytes=0-99" of x-amz-copy-source-range, which must be whole and lie within the object.
Answer<ByteRange> ReadCopyRange(std::string_view header, std::uint64_t size);

std::string ToContentRange(const ByteRange& range, std::uint64_t size);  // "bytes 0-99/1000"

}  // namespace trunkline::cloud::s3
