// SPDX-License-Identifier: Apache-2.0
//
// gpsd's part is played by a socket of the test's own; each wrong thing it may say is frozen.
#include "platform/location/receiver.h"

#include <chrono>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "tests/support/fake_gpsd.h"
#include "tests/support/vectors.h"

namespace vigil::platform {
namespace {

const std::string kVectors = std::string(VIGIL_SOURCE_DIR) + "/tests/vectors/location";

GpsdReport report(std::string_view name) {
  for (const test::Vector& vector : test::read_vectors(kVectors)) {
    if (vector.name != name) continue;
    const auto read = read_gpsd_line(as_text(vector.content));
    EXPECT_TRUE(read) << name;
    return read.value_or(GpsdReport{});
  }
  ADD_FAILURE() << "no such vector: " << name;
  return {};
}

TEST(GpsdLine, FrozenLinesGiveTheirCodes) {
  const auto vectors = test::read_vectors(kVectors);
  ASSERT_GE(vectors.size(), 25U);
  for (const test::Vector& vector : vectors) {
    const auto read = read_gpsd_line(as_text(vector.content));
    EXPECT_EQ(read ? "ok" : read.error().code, vector.code) << vector.name;
  }
}

TEST(GpsdLine, OnlyAWholeFixIsAPlace) {
  using Kind = GpsdReport::Kind;
  const GpsdReport whole = report("tpv-3d");
  EXPECT_EQ(whole.kind, Kind::kFix);
  EXPECT_EQ(whole.fix, (Fix{42.874622, 74.569761, 764.2, 5.7}));
  const GpsdReport flat = report("tpv-2d");
  EXPECT_EQ(flat.kind, Kind::kFix);
  EXPECT_FALSE(flat.fix.altitude_m) << "mode 2 has none, whatever else is said";
  EXPECT_FALSE(flat.fix.accuracy_m);
  EXPECT_FALSE(report("tpv-accuracy-negative").fix.accuracy_m);
  for (const char* name : {"tpv-mode-1", "tpv-mode-absent", "tpv-mode-word", "tpv-no-longitude",
                           "tpv-latitude-word"}) {
    EXPECT_EQ(report(name).kind, Kind::kSearching) << name;
  }
  EXPECT_EQ(report("devices-none").kind, Kind::kNoReceiver);
  EXPECT_EQ(report("devices-one").kind, Kind::kSearching);
  EXPECT_EQ(report("version").kind, Kind::kOther);
  EXPECT_EQ(report("unknown-class").kind, Kind::kOther);
}

class Receiving : public testing::Test {
 protected:
  void listen() {
    receiver_ = LocationReceiver::start(gpsd_.address(), [this] { ++changes_; });
  }
  // Ten seconds at most, where the machine is busy.
  template <typename Condition>
  bool comes(const Condition& condition) {
    for (int turn = 0; turn < 1000; ++turn) {
      if (condition(receiver_->newest())) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
  }
  bool reaches(Reception::State state) {
    return comes([&](const auto& newest) { return newest && newest->state == state; });
  }
  bool fails(std::string_view code) {
    return comes([&](const auto& newest) { return !newest && newest.error().code == code; });
  }

  test::FakeGpsd gpsd_;
  std::atomic<int> changes_ = 0;
  std::unique_ptr<LocationReceiver> receiver_;
};

TEST_F(Receiving, AsksToBeToldAndTellsEachFix) {
  listen();
  EXPECT_EQ(gpsd_.first_question(), "?WATCH={\"enable\":true,\"json\":true};\n");
  gpsd_.say("{\"class\":\"VERSION\",\"release\":\"3.22\"}\r\n");
  gpsd_.say("{\"class\":\"DEVICES\",\"devices\":[]}\r\n");
  EXPECT_TRUE(reaches(Reception::State::kNoReceiver));
  gpsd_.say("{\"class\":\"DEVICE\",\"path\":\"/dev/ttyACM0\"}\r\n{\"class\":\"TPV\",\"mode\":1}\n");
  EXPECT_TRUE(reaches(Reception::State::kSearching));
  gpsd_.say(test::gpsd_fix(42.5, 74.25, 30));
  EXPECT_TRUE(reaches(Reception::State::kFix));
  gpsd_.say(test::gpsd_fix(42.5, 74.25, 8));
  EXPECT_TRUE(comes([](const auto& newest) { return newest && newest->fix.accuracy_m == 8.0; }));
  EXPECT_TRUE(comes([&](const auto&) { return changes_ == 4; }));
  EXPECT_EQ(receiver_->newest()->fix, (Fix{42.5, 74.25, 764.25, 8.0}));
  // The sky is gone: an old place is not shown as a new one.
  gpsd_.say("{\"class\":\"TPV\",\"mode\":1}\n");
  EXPECT_TRUE(reaches(Reception::State::kSearching));
  EXPECT_EQ(receiver_->newest()->fix, Fix{});
}

TEST_F(Receiving, ALineInPiecesIsOneLine) {
  listen();
  const std::string line = test::gpsd_fix(1.5, 2.5, 3);
  for (const char letter : line) {
    gpsd_.say(std::string(1, letter));
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  EXPECT_TRUE(reaches(Reception::State::kFix));
}

TEST_F(Receiving, WhoHangsUpOrSpeaksNonsenseIsSaid) {
  listen();
  gpsd_.say(test::gpsd_fix(1, 2, 3));
  EXPECT_TRUE(reaches(Reception::State::kFix));
  gpsd_.hang_up();
  EXPECT_TRUE(fails("location.lost"));
  receiver_.reset();
  listen();
  gpsd_.say("220 mail.example.org ESMTP\r\n");
  EXPECT_TRUE(fails("location.syntax"));
  receiver_.reset();
  listen();
  gpsd_.say(test::gpsd_fix(95, 2, 3));
  EXPECT_TRUE(fails("location.range"));
  receiver_.reset();
  listen();
  gpsd_.say(std::string(100'000, 'x'));
  EXPECT_TRUE(fails("location.syntax")) << "a line without an end";
}

TEST_F(Receiving, StoppingEndsItWhileGpsdIsSilent) {
  listen();
  EXPECT_NE(gpsd_.first_question(), "(nothing)");
  receiver_.reset();
  for (int turn = 0; turn < 1000 && gpsd_.somebody_listens(); ++turn) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_FALSE(gpsd_.somebody_listens());
}

TEST(NoGpsd, IsSaidAndNoNameIsLookedUp) {
  std::string address;
  {
    const test::FakeGpsd gone;
    address = gone.address();
  }
  const auto code_of = [](const std::string& asked) {
    const auto receiver = LocationReceiver::start(asked, [] {});
    for (int turn = 0; turn < 1000; ++turn) {
      if (const auto newest = receiver->newest(); !newest) return newest.error().code;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return std::string("(none)");
  };
  EXPECT_EQ(code_of(address), "location.absent");
  for (const char* wrong : {"gps.example.org:2947", "localhost", "localhost:", ":2947", "[::1:2947",
                            "127.0.0.1:gpsd"}) {
    EXPECT_EQ(code_of(wrong), "location.address") << wrong;
  }
}

}  // namespace
}  // namespace vigil::platform
