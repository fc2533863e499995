#include "aws/sigv4_chunked.h"

#include <charconv>

#include "base/hash.h"
#include "base/text.h"

namespace trunkline::aws {
namespace {

Error Bad(std::string_view code, std::string_view text) {
  return Error(ErrorKind::kInvalid, "{}", text).WithCode(code);
}

class Decoder {
 public:
  Decoder(std::string_view body, const ChunkSigning* signing) : rest_(body), signing_(signing) {
    if (signing != nullptr) previous_ = signing->seed_signature;
  }

  Result<std::string> Decode(Trailers& trailers) {
    std::string data;
    data.reserve(rest_.size());
    for (;;) {
      TL_TRY(const std::string_view chunk, Chunk());
      if (chunk.empty()) break;
      data.append(chunk);
      if (!Eat("\r\n")) return Bad("IncompleteBody", "expected a line's end behind a chunk");
    }
    TL_DO(ReadTrailers(trailers));
    return data;
  }

 private:
  bool Eat(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  std::optional<std::string_view> Line() {
    const std::size_t end = rest_.find("\r\n");
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end + 2);
    return line;
  }

  // The next chunk's data, verified; empty at the last one.
  Result<std::string_view> Chunk() {
    const std::optional<std::string_view> line = Line();
    if (!line) return Bad("IncompleteBody", "The request body terminated unexpectedly");
    const std::size_t semicolon = line->find(';');
    const std::string_view digits = line->substr(0, semicolon);
    std::uint64_t size = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), size, 16);
    if (error != std::errc() || end != digits.data() + digits.size()) {
      return Bad("InvalidChunkSizeError", "expected a chunk's size in hexadecimal digits");
    }
    if (size > rest_.size())
      return Bad("IncompleteBody", "The request body terminated unexpectedly");
    const std::string_view data = rest_.substr(0, size);
    if (signing_ != nullptr) {
      const std::string_view extension =
          semicolon == std::string_view::npos ? "" : line->substr(semicolon + 1);
      TL_DO(VerifyChunk(extension, data));
    }
    rest_.remove_prefix(size);
    return data;
  }

  Result<void> Check(std::string_view algorithm, std::string_view hashes, std::string_view given) {
    const std::string text = fmt::format("{}\n{}\n{}\n{}\n{}", algorithm, signing_->time,
                                         signing_->scope, previous_, hashes);
    std::string expected = ToHex(HmacSha256(signing_->key, text));
    if (!EqualsConstantTime(expected, given)) {
      return Error(ErrorKind::kDenied, "The signature of a chunk does not match the one calculated")
          .WithCode("SignatureDoesNotMatch");
    }
    previous_ = std::move(expected);
    return {};
  }

  Result<void> VerifyChunk(std::string_view extension, std::string_view data) {
    constexpr std::string_view kKey = "chunk-signature=";
    const std::string_view given = extension.starts_with(kKey) ? extension.substr(kKey.size()) : "";
    return Check("AWS4-HMAC-SHA256-PAYLOAD", ToHex(Sha256("")) + "\n" + ToHex(Sha256(data)), given);
  }

  Result<void> ReadTrailers(Trailers& trailers) {
    std::string canonical;
    std::string signature;
    while (!rest_.empty()) {
      const std::optional<std::string_view> line = Line();
      if (!line) return Bad("MalformedTrailerError", "expected a line's end behind a trailer");
      if (line->empty()) break;
      const std::size_t colon = line->find(':');
      if (colon == std::string_view::npos)
        return Bad("MalformedTrailerError", "expected 'name:value' in a trailer");
      std::string name = ToLower(Trim(line->substr(0, colon)));
      const std::string_view value = Trim(line->substr(colon + 1));
      if (name == "x-amz-trailer-signature") {
        signature = value;
        continue;
      }
      canonical += fmt::format("{}:{}\n", name, value);
      trailers.emplace_back(std::move(name), value);
    }
    if (signing_ == nullptr || trailers.empty()) return {};
    return Check("AWS4-HMAC-SHA256-TRAILER", ToHex(Sha256(canonical)), signature);
  }

  std::string_view rest_;
  const ChunkSigning* signing_;
  std::string previous_;
};

}  // namespace

bool IsAwsChunked(const net::Request& request) {
  return request.headers.Get("X-Amz-Content-Sha256").starts_with("STREAMING-");
}

bool HasSignedChunks(const net::Request& request) {
  return request.headers.Get("X-Amz-Content-Sha256")
      .starts_with("STREAMING-AWS4-HMAC-SHA256-PAYLOAD");
}

ChunkSigning MakeChunkSigning(const Authorization& authorization, std::string_view secret_key) {
  return {.key = SigningKey(secret_key, authorization.date, authorization.region,
                            authorization.service),
          .time = authorization.time ? ToIso8601Basic(*authorization.time) : "",
          .scope = CredentialScope(authorization),
          .seed_signature = authorization.signature};
}

Result<std::string> DecodeAwsChunked(std::string_view body, Trailers& trailers,
                                     const ChunkSigning* signing) {
  return Decoder(body, signing).Decode(trailers);
}

std::string EncodeAwsChunked(std::string_view body, const Trailers& trailers,
                             std::size_t chunk_size) {
  std::string out;
  out.reserve(body.size() + 256);
  while (!body.empty()) {
    const std::string_view chunk = body.substr(0, chunk_size);
    out += fmt::format("{:x}\r\n", chunk.size());
    out.append(chunk).append("\r\n");
    body.remove_prefix(chunk.size());
  }
  out += "0\r\n";
  for (const auto& [name, value] : trailers) out += fmt::format("{}:{}\r\n", name, value);
  return out + "\r\n";
}

}  // namespace trunkline::aws
