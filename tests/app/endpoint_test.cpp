#include "app/endpoint.h"

#include <gmock/gmock.h>

namespace trunkline::app {
namespace {

TEST(Endpoint, IsOnThisMachineInEverySpellingOfIt) {
  EXPECT_TRUE(IsLoopback("http://127.0.0.1:4566"));
  EXPECT_TRUE(IsLoopback("http://localhost"));
  EXPECT_TRUE(IsLoopback("http://[::1]:4566"));
  EXPECT_FALSE(IsLoopback("https://sts.us-east-1.amazonaws.com"));
  EXPECT_FALSE(IsLoopback("http://127.0.0.1.example.com"));
  EXPECT_FALSE(IsLoopback("127.0.0.1:4566"));
}

TEST(Endpoint, NobodyThereHasAWayOut) {
  const Error error =
      Error(ErrorKind::kUnreached, "cannot reach 'http://127.0.0.1:1': connection refused")
          .While("calling sts");

  EXPECT_EQ(WithWayOut(error, "http://127.0.0.1:1").ToText(),
            "error: cannot reach 'http://127.0.0.1:1': connection refused; start the embedded "
            "cloud with 'trunkline up', or say with --endpoint-url (or AWS_ENDPOINT_URL) where it "
            "is\n  while calling sts");
}

TEST(Endpoint, OtherErrorsStayAsTheyAre) {
  const Error far(ErrorKind::kUnreached, "cannot reach 'https://example.com': timed out");
  const Error refused(ErrorKind::kDenied, "no");

  EXPECT_EQ(WithWayOut(far, "https://example.com").message(), far.message());
  EXPECT_EQ(WithWayOut(refused, "http://127.0.0.1:1").message(), "no");
}

}  // namespace
}  // namespace trunkline::app
