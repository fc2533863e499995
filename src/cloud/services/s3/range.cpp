#include "cloud/services/s3/range.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/s3/errors.h"

namespace trunkline::cloud::s3 {
namespace {

constexpr std::string_view kUnit = "bytes=";

std::optional<std::uint64_t> ToNumber(std::string_view text) {
  const std::optional<std::int64_t> number = ToInt(text);
  if (!number || *number < 0 || text.front() == '+' || text.front() == '-') return std::nullopt;
  return static_cast<std::uint64_t>(*number);
}

}  // namespace

Answer<std::optional<ByteRange>> ReadRange(std::string_view header, std::uint64_t size) {
  const std::optional<ByteRange> ignored;
  if (!header.starts_with(kUnit) || header.find(',') != std::string_view::npos) return ignored;
  const std::string_view text = header.substr(kUnit.size());
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return ignored;
  const std::string_view first_text = text.substr(0, dash);
  const std::string_view last_text = text.substr(dash + 1);
  const auto refuse = [&] {
    return S3Error(Fault::kInvalidRange,
                   {{"RangeRequested", header}, {"ActualObjectSize", std::to_string(size)}});
  };
  if (first_text.empty()) {
    const std::optional<std::uint64_t> suffix =
        last_text.empty() ? std::nullopt : ToNumber(last_text);
    if (!suffix) return ignored;
    if (*suffix == 0 || size == 0) return refuse();
    const std::uint64_t length = std::min(*suffix, size);
    return std::optional(ByteRange{.offset = size - length, .length = length});
  }
  const std::optional<std::uint64_t> first = ToNumber(first_text);
  const std::optional<std::uint64_t> last =
      last_text.empty() ? std::optional(size) : ToNumber(last_text);
  if (!first || !last || (!last_text.empty() && *last < *first)) return ignored;
  if (*first >= size) return refuse();
  return std::optional(
      ByteRange{.offset = *first, .length = std::min(*last, size - 1) - *first + 1});
}

Answer<ByteRange> ReadCopyRange(std::string_view header, std::uint64_t size) {
  const auto refuse = [&](std::string_view text) {
    return S3Error(Fault::kInvalidArgument, text,
                   {{"ArgumentName", "x-amz-copy-source-range"}, {"ArgumentValue", header}});
  };
  const std::size_t dash = header.find('-');
  if (!header.starts_with(kUnit) || dash == std::string_view::npos) {
    return refuse(
        "The x-amz-copy-source-range value must be of the form bytes=first-last where first and "
        "last are "
        "the zero-based offsets of the first and last bytes to copy");
  }
  const std::string_view last_text = header.substr(dash + 1);
  const std::string_view first_text = header.substr(kUnit.size(), dash - kUnit.size());
  const auto first = first_text.empty() ? std::nullopt : ToNumber(first_text);
  const auto last = last_text.empty() ? std::nullopt : ToNumber(last_text);
  if (!first || !last || *last < *first) {
    return refuse(
        "The x-amz-copy-source-range value must be of the form bytes=first-last where first and "
        "last are "
        "the zero-based offsets of the first and last bytes to copy");
  }
  if (*first >= size) {
    return S3Error(Fault::kInvalidRequest,
                   "The specified copy range is invalid for the source object size");
  }
  if (*last >= size)
    return refuse(fmt::format("Range specified is not valid for source object of size: {}", size));
  return ByteRange{.offset = *first, .length = *last - *first + 1};
}

std::string ToContentRange(const ByteRange& range, std::uint64_t size) {
  return fmt::format("bytes {}-{}/{}", range.offset, range.offset + range.length - 1, size);
}

}  // namespace trunkline::cloud::s3
