// aws-chunked bodies of S3 uploads: STREAMING-UNSIGNED-PAYLOAD-TRAILER,
// STREAMING-AWS4-HMAC-SHA256-PAYLOAD and
// ...-PAYLOAD-TRAILER (the header x-amz-content-sha256 says which).
//
//   HEX[;chunk-signature=SIG]\r\n DATA \r\n ... 0[;chunk-signature=SIG]\r\n [name:value\r\n ...]
//   \r\n
//
// Every chunk's signature covers the one before it, the first the request's own.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "aws/sigv4.h"
#include "base/result.h"

namespace trunkline::aws {

using Trailers = std::vector<std::pair<std::string, std::string>>;  // names in lower case

// Whether x-amz-content-sha256 has one of the streaming markers.
bool IsAwsChunked(const net::Request& request);
// Whether the marker says that chunks are signed.
bool HasSignedChunks(const net::Request& request);

// What is needed to verify chunks; made of a verified request.
struct ChunkSigning {
  std::string key;             // SigningKey or SigningKeys::Get
  std::string time;            // 20130524T000000Z
  std::string scope;           // CredentialScope
  std::string seed_signature;  // the request's
};
ChunkSigning MakeChunkSigning(const Authorization& authorization, std::string_view secret_key);

// The data without its frame. With `signing` every chunk's signature (and the trailer's) is
// verified. Errors carry S3's codes: "IncompleteBody", "InvalidChunkSizeError",
// "SignatureDoesNotMatch", "MalformedTrailerError".
Result<std::string> DecodeAwsChunked(std::string_view body, Trailers& trailers,
                                     const ChunkSigning* signing = nullptr);

// The frame around `body`, unsigned, with trailers: what our own client and tests send.
std::string EncodeAwsChunked(std::string_view body, const Trailers& trailers,
                             std::size_t chunk_size = 64 << 10U);

}  // namespace trunkline::aws
