// Whether a delivery comes from who knows the webhook's secret.
//
// Source: GitHub's X-Hub-Signature-256: "sha256=" and the lower-case hexadecimal HMAC-SHA256 of the
// body's bytes as they were sent. The time that a comparison takes says nothing about the right
// signature; the older X-Hub-Signature (SHA-1) is not looked at.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace trunkline::functions::router {

std::string SignatureOf(std::string_view secret, std::string_view body);

// With any of these secrets: while one is replaced there are two. An empty secret signs nothing.
bool IsSigned(std::string_view signature, std::string_view body,
              std::span<const std::string> secrets);

}  // namespace trunkline::functions::router
