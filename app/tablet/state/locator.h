// SPDX-License-Identifier: Apache-2.0
//
// One question that waits for the satellite receiver: from the tap that asks it to the place, or
// until it is stopped. Nothing of it is kept anywhere but in the answer. The screen's thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/tablet/screens/points.h"
#include "app/tablet/screens/question_card.h"
#include "app/words/words.h"
#include "platform/location/receiver.h"

namespace vigil::tablet {

class Locator {
 public:
  // `wake` ends the screen's sleep from any thread.
  explicit Locator(std::function<void()> wake) : wake_(std::move(wake)) {}

  // Asks gpsd at `address` ("" its usual one) for the question `ref`; another question is left.
  void start(const std::string& ref, const std::string& address, std::int64_t now_ms);
  void stop();
  [[nodiscard]] const std::string& ref() const { return ref_; }  // "" where nobody asks
  // True where what is to be shown has changed. `wake_ms` is how soon to ask again, -1 for not.
  [[nodiscard]] bool poll(std::int64_t now_ms, int& wake_ms);
  // Requires: somebody asks.
  [[nodiscard]] Locating shown(const words::Words& words) const;
  // The newest place, as the answer has it.
  [[nodiscard]] std::optional<TypedPoint> point() const;

 private:
  std::function<void()> wake_;
  std::string ref_;
  std::int64_t since_ms_ = 0;
  std::int64_t waited_s_ = 0;
  std::optional<Error> failure_;
  platform::Reception reception_;
  std::unique_ptr<platform::LocationReceiver> receiver_;
};

}  // namespace vigil::tablet
