// Names, tokens and codes that belong to no single type.
#include <algorithm>
#include <array>

#include "base/hash.h"
#include "base/random.h"
#include "base/text.h"
#include "cloud/services/cloudformation/mapping/input.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr std::size_t kSuffix = 12;

// An order's own stream of bytes: a repeated order gets the same names, another one does not.
std::string Seed(const ResourceOrder& order, std::string_view purpose) {
  return Sha256(
      fmt::format("{}\n{}\n{}\n{}", order.token, order.stack_id, order.logical_id, purpose));
}

bool HasAny(std::string_view code, std::span<const std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return code.find(word) != std::string_view::npos;
  });
}

}  // namespace

std::string GeneratedName(const ResourceOrder& order, const Naming& naming) {
  std::string suffix;
  for (const char byte : Seed(order, naming.property).substr(0, kSuffix))
    suffix += kAlphanumeric[static_cast<unsigned char>(byte) % kAlphanumeric.size()];
  // What is too long loses its ends: the stack's name and the logical id share what there is.
  const std::size_t room = naming.limit - kSuffix - 2;
  std::string stack = order.stack_name;
  std::string logical = order.logical_id;
  if (stack.size() + logical.size() > room) {
    const std::size_t half = room / 2;
    const std::size_t kept = logical.size() < half ? room - logical.size() : half;
    stack.resize(std::min(stack.size(), kept));
    logical.resize(std::min(logical.size(), room - stack.size()));
  }
  const std::string name = fmt::format("{}-{}-{}", stack, logical, suffix);
  return naming.lower_case ? ToLower(name) : name;
}

std::string ClientToken(const WaitContext& context, const ResourceOrder& order,
                        std::string_view operation) {
  if (order.token.empty()) return NewUuid(context.random());
  const std::string hex = ToHex(Seed(order, operation));
  return fmt::format("{}-{}-{}-{}-{}", hex.substr(0, 8), hex.substr(8, 4), hex.substr(12, 4),
                     hex.substr(16, 4), hex.substr(20, 12));
}

bool IsGone(std::string_view code) {
  static constexpr std::array<std::string_view, 6> kWords{
      "NotFound",     "NoSuch",   "NonExistent",
      "DoesNotExist", "NotExist", "KMSInvalidState"};  // a key that is to be deleted already
  return HasAny(code, kWords);
}

bool IsTaken(std::string_view code) {
  static constexpr std::array<std::string_view, 5> kWords{
      "AlreadyExists", "AlreadyOwned", "Duplicate", "ResourceConflict", "ResourceExists"};
  return HasAny(code, kWords);
}

}  // namespace trunkline::cloud::cloudformation
