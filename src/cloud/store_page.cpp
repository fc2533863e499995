#include "cloud/store_page.h"

#include <cstdint>
#include <utility>

#include "base/hash.h"

namespace trunkline::cloud {
namespace {

constexpr std::size_t kListingBytes =
    9;  // a multiple of three: Base64 then needs no padding before the rest
constexpr std::size_t kLengthBytes = 3;  // names are shorter than 16 MB

std::string LengthPrefix(std::size_t length) {
  std::string bytes;
  for (std::size_t i = 0; i < kLengthBytes; ++i)
    bytes += static_cast<char>((length >> (8 * i)) & 0xFFU);
  return bytes;
}

std::size_t ReadLength(std::string_view bytes) {
  std::size_t length = 0;
  for (std::size_t i = 0; i < kLengthBytes; ++i) {
    length |= static_cast<std::size_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  }
  return length;
}

}  // namespace

std::string NameListing(const Scope& scope, Kind kind, std::string_view parent,
                        std::string_view filter) {
  std::string text;
  for (const std::string_view part : {kind.service, kind.name, std::string_view(scope.account),
                                      std::string_view(scope.region), parent, filter}) {
    text += LengthPrefix(part.size());
    text += part;
  }
  return Sha256(text).substr(0, kListingBytes);
}

std::string WritePageToken(const PageStart& start, std::string_view listing) {
  std::string bytes(listing);
  bytes += LengthPrefix(start.name.size());
  bytes += start.name;
  bytes += start.id;
  return ToBase64(bytes);
}

Result<PageStart> ReadPageToken(std::string_view token, std::string_view listing) {
  const auto bytes = FromBase64(token);
  constexpr std::size_t kHead = kListingBytes + kLengthBytes;
  if (!bytes || bytes->size() < kHead || bytes->substr(0, kListingBytes) != listing) {
    return Error(ErrorKind::kInvalid, "the page token was not given out for this listing");
  }
  const std::string_view rest = std::string_view(*bytes).substr(kHead);
  const std::size_t length = ReadLength(std::string_view(*bytes).substr(kListingBytes));
  if (length > rest.size()) return Error(ErrorKind::kInvalid, "the page token is cut off");
  return PageStart{.name = std::string(rest.substr(0, length)),
                   .id = std::string(rest.substr(length))};
}

bool PageTaker::Take(const Record& record) {
  if (filter_.keep && !filter_.keep(record)) return true;
  if (page_.records.size() == limit_) {
    more_ = true;
    return false;
  }
  page_.records.push_back(&record);
  return true;
}

RecordPage PageTaker::Finish(std::string_view listing) && {
  if (more_) {
    const Record& last = *page_.records.back();
    page_.next = WritePageToken({.name = last.name, .id = last.id}, listing);
  }
  return std::move(page_);
}

}  // namespace trunkline::cloud
