#include "cloud/services/s3/upload.h"

#include <algorithm>
#include <cctype>
#include <functional>
#include <optional>

#include "base/hash.h"
#include "base/text.h"
#include "cloud/services/s3/errors.h"

namespace trunkline::cloud::s3 {
namespace {

constexpr std::size_t kMaxBody = 5ULL << 30U;  // of one PutObject or UploadPart
constexpr std::size_t kLarge = 64U << 10U;     // hashing less takes under a millisecond
constexpr std::size_t kMd5Length = 16;

bool IsDigest(std::string_view text) {
  return text.size() == 64 && std::ranges::all_of(text, [](char c) {
           return std::isxdigit(static_cast<unsigned char>(c)) != 0;
         });
}

Answer<void> Keeps(const Promise& promise, std::string_view body, const std::string& md5,
                   std::string checksum) {
  if (!promise.md5.empty()) {
    const std::optional<std::string> wanted = FromBase64(promise.md5);
    if (!wanted || wanted->size() != kMd5Length) return S3Error(Fault::kInvalidDigest);
    if (*wanted != md5) {
      return S3Error(Fault::kBadDigest,
                     {{"ExpectedDigest", promise.md5}, {"CalculatedDigest", ToBase64(md5)}});
    }
  }
  if (!promise.sha256.empty()) {
    const std::string computed = ToHex(Sha256(body));
    if (ToLower(promise.sha256) != computed) {
      return S3Error(
          Fault::kXAmzContentSha256Mismatch,
          {{"ClientComputedContentSHA256", promise.sha256}, {"S3ComputedContentSHA256", computed}});
    }
  }
  if (promise.checksum.value.empty()) return {};
  const std::optional<std::string> wanted = FromBase64(promise.checksum.value);
  const Algorithm algorithm = promise.checksum.algorithm.value_or(promise.algorithm);
  if (algorithm != promise.algorithm) checksum = Compute(algorithm, body);
  const std::string name(NameOf(algorithm));
  if (!wanted || wanted->size() != checksum.size()) {
    return S3Error(Fault::kInvalidRequest,
                   "Value for x-amz-checksum-" + ToLower(name) + " header is invalid.");
  }
  if (*wanted == checksum) return {};
  return S3Error(Fault::kBadDigest,
                 "The " + name + " you specified did not match the calculated checksum.");
}

}  // namespace

Answer<Promise> ReadPromise(const json::Object& input, const net::Request* request) {
  Promise promise;
  promise.md5 = input.GetString("ContentMD5");
  TL_TRY(promise.checksum, ReadWanted(input));
  promise.algorithm = promise.checksum.algorithm.value_or(Algorithm::kCrc64Nvme);
  const std::string_view sha256 =
      request ? request->headers.Get("x-amz-content-sha256") : std::string_view();
  if (IsDigest(sha256)) promise.sha256 = sha256;
  return promise;
}

Answer<Staged> Stage(Objects& objects, std::string_view body, const Promise& promise) {
  if (body.size() > kMaxBody) {
    return S3Error(Fault::kEntityTooLarge, {{"ProposedSize", std::to_string(body.size())},
                                            {"MaxSizeAllowed", std::to_string(kMaxBody)}});
  }
  const std::string md5 = Md5(body);
  const std::string checksum = Compute(promise.algorithm, body);
  TL_DO(Keeps(promise, body, md5, checksum));
  TL_TRY(std::string file, objects.Stage(body));
  return Staged{
      .file = std::move(file),
      .size = body.size(),
      .etag = ToHex(md5),
      .checksum = {
          .algorithm = promise.algorithm, .value = ToBase64(checksum), .type = "FULL_OBJECT"}};
}

net::aw<Answer<Staged>> StageOnWorker(WaitContext context, std::string body, Promise promise) {
  Objects& objects = context.objects();
  std::optional<Answer<Staged>> staged;
  std::function<void()> work = [&] { staged.emplace(Stage(objects, body, promise)); };
  if (body.size() < kLarge) {
    work();
  } else {
    co_await context.OnWorker(std::move(work));
  }
  co_return *std::move(staged);
}

Answer<Staged> Describe(const Objects& objects, const std::string& file, Algorithm algorithm) {
  constexpr std::uint64_t kPiece = 1U << 20U;
  TL_TRY(const std::uint64_t size, objects.Size(file));
  Digest md5(Digest::Kind::kMd5);
  std::optional<Digest> sha;
  if (algorithm == Algorithm::kSha1) sha.emplace(Digest::Kind::kSha1);
  if (algorithm == Algorithm::kSha256) sha.emplace(Digest::Kind::kSha256);
  std::string crc = sha ? std::string() : Compute(algorithm, {});
  for (std::uint64_t offset = 0; offset < size; offset += kPiece) {
    TL_TRY(const std::string piece,
           objects.ReadRange(file, offset, std::min(kPiece, size - offset)));
    md5.Add(piece);
    if (sha) {
      sha->Add(piece);
    } else {
      crc = JoinCrc(algorithm, crc, Compute(algorithm, piece), piece.size());
    }
  }
  return Staged{.file = file,
                .size = size,
                .etag = ToHex(md5.Finish()),
                .checksum = {.algorithm = algorithm,
                             .value = ToBase64(sha ? sha->Finish() : crc),
                             .type = "FULL_OBJECT"}};
}

}  // namespace trunkline::cloud::s3
