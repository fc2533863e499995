// What is behind a presigned URL.
#include <gmock/gmock.h>

#include "aws/client.h"
#include "tests/aws/fake_aws.h"

namespace trunkline::aws {
namespace {

class Downloads : public testing::Test {
 protected:
  Result<std::string> Download() {
    const Client client = aws_.MakeClient();
    return aws_.Run(client.Download(aws_.url() + "/b/a%20b.wav?X-Amz-Signature=5ec4e7"));
  }

  FakeAws aws_;
};

TEST_F(Downloads, AskForTheUrlAsItIsWithoutASignatureOfOurs) {
  aws_.AnswersInTurn({{.status = 200, .headers = {}, .body = "RIFF"}});

  EXPECT_EQ(Download().value(), "RIFF");

  ASSERT_EQ(aws_.requests().size(), 1U);
  EXPECT_EQ(aws_.requests()[0].target, "/b/a%20b.wav?X-Amz-Signature=5ec4e7");
  EXPECT_FALSE(aws_.requests()[0].headers.Has("Authorization"));
}

TEST_F(Downloads, AreTriedAgainWhenTheServiceIsBusy) {
  aws_.AnswersInTurn({Refusal(503, "SlowDown"), {.status = 200, .headers = {}, .body = "RIFF"}});

  EXPECT_EQ(Download().value(), "RIFF");
}

TEST_F(Downloads, SayWhatWasAnsweredButNotTheSignature) {
  aws_.AnswersInTurn({Refusal(403, "AccessDenied")});

  const auto downloaded = Download();

  ASSERT_FALSE(downloaded);
  EXPECT_EQ(downloaded.error().kind(), ErrorKind::kDenied);
  EXPECT_EQ(downloaded.error().message(),
            fmt::format("'{}/b/a%20b.wav' answered with 403", aws_.url()));
}

}  // namespace
}  // namespace trunkline::aws
