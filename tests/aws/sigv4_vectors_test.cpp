// AWS's published Signature Version 4 vectors: every intermediate text, the signed request, and the
// verification of what was signed.
#include <filesystem>

#include <gmock/gmock.h>

#include "aws/sigv4.h"
#include "base/clock.h"
#include "base/hash.h"
#include "base/json_read.h"
#include "base/text.h"
#include "tests/support/shared_data.h"

namespace trunkline::aws {
namespace {

namespace fs = std::filesystem;

// Line ends vary among the files.
std::string ReadText(const fs::path& path) {
  std::string text = Replace(tests::ReadFileOrDie(path.string()), "\r", "");
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

// A request as the suites write it: raw blanks in the path, folded headers, perhaps no blank line
// at the end.
net::Request ParseRequest(const std::string& text) {
  net::Request request;
  const std::vector<std::string_view> lines = Split(text, '\n');
  const std::string_view first = lines[0];
  const std::size_t blank = first.find(' ');
  request.method = first.substr(0, blank);
  request.target = first.substr(blank + 1, first.rfind(' ') - blank - 1);
  std::vector<std::pair<std::string, std::string>> headers;
  std::size_t i = 1;
  for (; i < lines.size() && !lines[i].empty(); ++i) {
    if (lines[i].front() == ' ') {
      headers.back().second += "\n" + std::string(lines[i]);
      continue;
    }
    const std::size_t colon = lines[i].find(':');
    headers.emplace_back(lines[i].substr(0, colon), lines[i].substr(colon + 1));
  }
  for (const auto& [name, value] : headers) request.headers.Add(name, value);
  for (++i; i < lines.size(); ++i)
    request.body += std::string(request.body.empty() ? "" : "\n") + std::string(lines[i]);
  return request;
}

struct Vector {
  std::string name;
  net::Request request;
  Credentials credentials;
  SignOptions options;
  std::chrono::seconds expires{0};
  fs::path folder;
};

Vector ReadVector(const fs::path& folder) {
  const json::Value context =
      json::Parse(tests::ReadFileOrDie((folder / "context.json").string())).value();
  const json::Object& facts = context.AsObject();
  const json::Object& credentials = facts.GetObject("credentials");
  Vector vector{.name = folder.filename().string(), .folder = folder};
  vector.request = ParseRequest(ReadText(folder / "request.txt"));
  vector.credentials = {.access_key_id = std::string(credentials.GetString("access_key_id")),
                        .secret_key = std::string(credentials.GetString("secret_access_key")),
                        .session_token = std::string(credentials.GetString("token"))};
  vector.options.region = facts.GetString("region");
  vector.options.service = facts.GetString("service");
  vector.options.time = *ParseIso8601(facts.GetString("timestamp"));
  vector.options.normalise = facts.GetBool("normalize");
  vector.options.sign_body = facts.GetBool("sign_body");
  vector.options.omit_session_token = facts.GetBool("omit_session_token");
  vector.expires = std::chrono::seconds(facts.GetInt("expiration_in_seconds"));
  return vector;
}

std::vector<Vector> CommonRuntimeVectors() {
  std::vector<Vector> vectors;
  for (const auto& entry :
       fs::directory_iterator(*tests::SharedFolder() + "/sigv4-testsuite/aws-c-auth-v4")) {
    if (entry.is_directory()) vectors.push_back(ReadVector(entry.path()));
  }
  return vectors;
}

std::string CanonicalOf(const net::Request& signed_request, const Vector& vector, bool presigned) {
  const Authorization authorization = ReadAuthorization(signed_request).value().value();
  const std::string hash = ToHex(Sha256(signed_request.body));
  return CanonicalRequest(signed_request, authorization.signed_headers, vector.options, hash,
                          presigned);
}

// The query's order is the signer's choice; headers are compared without case.
std::vector<std::string> Parts(const net::Request& request) {
  std::vector<std::string> parts{request.method, std::string(request.path()), request.body};
  for (const std::string_view part : Split(request.query(), '&')) parts.emplace_back(part);
  for (const auto& [name, value] : request.headers) parts.push_back(ToLower(name) + ":" + value);
  std::ranges::sort(parts);
  return parts;
}

TEST(SigV4Vectors, SignsHeadersAsPublished) {
  TL_NEEDS_SHARED();
  const std::vector<Vector> vectors = CommonRuntimeVectors();
  ASSERT_EQ(vectors.size(), 38U);

  for (const Vector& vector : vectors) {
    SCOPED_TRACE(vector.name);
    net::Request request = vector.request;

    Sign(request, vector.credentials, vector.options);

    const std::string canonical = CanonicalOf(request, vector, false);
    EXPECT_EQ(canonical, ReadText(vector.folder / "header-canonical-request.txt"));
    EXPECT_EQ(StringToSign(canonical, vector.options),
              ReadText(vector.folder / "header-string-to-sign.txt"));
    EXPECT_THAT(std::string(request.headers.Get("Authorization")),
                testing::EndsWith("Signature=" + ReadText(vector.folder / "header-signature.txt")));
    EXPECT_EQ(Parts(request),
              Parts(ParseRequest(ReadText(vector.folder / "header-signed-request.txt"))));
  }
}

TEST(SigV4Vectors, SignsQueriesAsPublished) {
  TL_NEEDS_SHARED();

  for (const Vector& vector : CommonRuntimeVectors()) {
    SCOPED_TRACE(vector.name);
    net::Request request = vector.request;

    Presign(request, vector.credentials, vector.options, vector.expires);

    const std::string canonical = CanonicalOf(request, vector, true);
    EXPECT_EQ(canonical, ReadText(vector.folder / "query-canonical-request.txt"));
    EXPECT_EQ(StringToSign(canonical, vector.options),
              ReadText(vector.folder / "query-string-to-sign.txt"));
    EXPECT_THAT(request.target, testing::EndsWith("X-Amz-Signature=" +
                                                  ReadText(vector.folder / "query-signature.txt")));
  }
}

TEST(SigV4Vectors, VerifiesEveryPublishedSignedRequest) {
  TL_NEEDS_SHARED();

  for (const Vector& vector : CommonRuntimeVectors()) {
    for (const char* file : {"header-signed-request.txt", "query-signed-request.txt"}) {
      SCOPED_TRACE(vector.name + "/" + file);
      const net::Request request = ParseRequest(ReadText(vector.folder / file));
      const Authorization authorization = ReadAuthorization(request).value().value();

      const Result<void> verified =
          Verify(request, authorization, vector.credentials.secret_key, vector.options.time, false);

      EXPECT_TRUE(verified) << verified.error().ToText();
    }
  }
}

TEST(SigV4Vectors, RefusesEveryPublishedRequestWithAnotherKey) {
  TL_NEEDS_SHARED();

  for (const Vector& vector : CommonRuntimeVectors()) {
    SCOPED_TRACE(vector.name);
    const net::Request request =
        ParseRequest(ReadText(vector.folder / "header-signed-request.txt"));
    const Authorization authorization = ReadAuthorization(request).value().value();

    const Result<void> verified =
        Verify(request, authorization, "another key", vector.options.time, false);

    ASSERT_FALSE(verified);
    EXPECT_EQ(verified.error().code(), "SignatureDoesNotMatch");
  }
}

// ---- the older suite: .req, .creq, .sts, .authz, .sreq

std::vector<fs::path> OlderRequests() {
  std::vector<fs::path> files;
  const std::string folder = *tests::SharedFolder() + "/sigv4-testsuite/botocore-aws4_testsuite";
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".req") files.push_back(entry.path());
  }
  return files;
}

std::string Beside(const fs::path& file, const char* extension) {
  return ReadText(fs::path(file).replace_extension(extension));
}

constexpr std::string_view kSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

SignOptions OlderOptions() {
  return {.region = "us-east-1", .service = "service", .time = *ParseIso8601("20150830T123600Z")};
}

TEST(SigV4Vectors, MakesTheTextsOfTheOlderSuite) {
  TL_NEEDS_SHARED();
  const std::vector<fs::path> files = OlderRequests();
  ASSERT_GE(files.size(), 31U);

  for (const fs::path& file : files) {
    SCOPED_TRACE(file.string());
    net::Request request = ParseRequest(Beside(file, ".sreq"));
    // One .sreq holds another signature than its .authz, which is the one that fits.
    request.headers.Set("Authorization", Beside(file, ".authz"));
    const Authorization authorization = ReadAuthorization(request).value().value();

    const std::string canonical = CanonicalRequest(
        request, authorization.signed_headers, OlderOptions(), ToHex(Sha256(request.body)), false);

    EXPECT_EQ(canonical, Beside(file, ".creq"));
    EXPECT_EQ(StringToSign(canonical, OlderOptions()), Beside(file, ".sts"));
    const Result<void> verified =
        Verify(request, authorization, kSecret, OlderOptions().time, false);
    EXPECT_TRUE(verified) << verified.error().ToText();
  }
}

// The token is not in the .req where it is added while signing: only the canonical request tells
// it.
std::string TokenOf(const fs::path& file) {
  constexpr std::string_view kKey = "\nx-amz-security-token:";
  const std::string canonical = Beside(file, ".creq");
  const std::size_t at = canonical.find(kKey);
  if (at == std::string::npos) return "";
  const std::size_t begin = at + kKey.size();
  return canonical.substr(begin, canonical.find('\n', begin) - begin);
}

TEST(SigV4Vectors, SignsTheRequestsOfTheOlderSuite) {
  TL_NEEDS_SHARED();

  for (const fs::path& file : OlderRequests()) {
    SCOPED_TRACE(file.string());
    net::Request request = ParseRequest(Beside(file, ".req"));
    const Credentials credentials{.access_key_id = "AKIDEXAMPLE",
                                  .secret_key = std::string(kSecret),
                                  .session_token = TokenOf(file)};

    Sign(request, credentials, OlderOptions());

    EXPECT_EQ(request.headers.Get("Authorization"), Beside(file, ".authz"));
  }
}

}  // namespace
}  // namespace trunkline::aws
