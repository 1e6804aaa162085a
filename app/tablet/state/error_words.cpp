// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/error_words.h"

#include <string_view>

namespace vigil::tablet {

std::string unread_words(const words::Words& words, const Error& error) {
  // A page that does not prove whole may come as any of SQLite's errors.
  if (error.code != "vault.damaged" && error.code != "vault.storage") {
    return error_words(words, error);
  }
  return std::string(
      words("This part of the storage is damaged. Nothing is erased. Hand the tablet to the "
            "office."));
}

std::string error_words(const words::Words& words, const Error& error) {
  const std::string_view code = error.code;
  if (code == "vault.passphrase") {
    return std::string(
        words("This passphrase opens nothing here. Check the keyboard's language and try again."));
  }
  if (code == "vault.full" || code == "files.full") {
    return std::string(
        words("The tablet's storage is full. What was saved before is safe, this last step was "
              "not saved. Seal and send what is finished, or remove other files."));
  }
  if (code == "vault.busy") {
    return std::string(words("Another program has this vault open. Close it and unlock again."));
  }
  if (code == "vault.readonly" || code == "files.read_only" || code == "files.permission") {
    return std::string(words("This place cannot be written to. Choose another one."));
  }
  if (code == "vault.io" || code == "files.io") {
    return std::string(
        words("The storage did not answer as it should; nothing saved before is lost. Try again, "
              "and hand the tablet to the office if it happens twice."));
  }
  if (code == "vault.weak") {
    return std::string(
        words("A passphrase has eight characters at least. Several words are best."));
  }
  if (code == "vault.damaged" || code == "vault.foreign" || code == "vault.header" ||
      code == "vault.plaintext" || code == "vault.empty") {
    return std::string(
        words("The vault on this tablet is damaged. Hand the tablet to the office."));
  }
  if (code == "vault.newer") {
    return std::string(words("A newer Vigil wrote this vault. Update this one."));
  }
  if (code == "sync.unreachable") {
    return std::string(
        words("There is no way to the hub: no network, or a wrong address. Nothing is lost; send "
              "again when there is a network, or copy to a stick."));
  }
  if (code == "sync.not_the_hub") {
    return std::string(
        words("Something else answered in place of the hub, such as a Wi-Fi that wants a login. "
              "Nothing was sent."));
  }
  if (code == "sync.no_certificates") {
    return std::string(
        words("This tablet has no list of public certificates to know the hub by. Nothing was "
              "sent. Ask the office for the hub's pin."));
  }
  if (code == "sync.hub_full") {
    return std::string(words("The hub's disk is full. Tell its administrator and send later."));
  }
  if (code == "sync.stick_gone") {
    return std::string(words("The stick is no longer there. Put it in again."));
  }
  if (code == "sync.missing" || code == "sync.damaged") {
    return std::string(
        words("The file of this visit on the tablet is missing or damaged. Tell the office."));
  }
  if (code == "vault.folder") {
    return std::string(
        words("There are other files in the tablet's folder: nothing was made among "
              "them. Hand the tablet to the office."));
  }
  if (code == "visit.place") {
    return std::string(words("The name of the place is too long. Shorten it."));
  }
  if (code == "sync.stick") {
    return std::string(
        words("What was read back from the stick is not what was written. Use another stick."));
  }
  if (code == "sync.receipt") {
    return std::string(
        words("The hub's receipt is not right. Nothing was erased here. Tell the office."));
  }
  if (code == "sync.url") {
    return std::string(words("The hub's address is not right. It looks like https://example.org"));
  }
  if (code == "send.stopped") {
    return std::string(
        words("Sending stopped; what the hub has, it keeps. Send again when you can."));
  }
  if (code == "roster.absent") {
    return std::string(words(
        "This tablet is not enrolled yet. Take its request to the office and accept the office's "
        "kit."));
  }
  if (code == "kit.newer") {
    return std::string(
        words("This kit is for a newer Vigil. Update Vigil on this tablet, then take the kit "
              "again."));
  }
  if (code == "kit.rollback") {
    return std::string(
        words("This kit is as old as the one here, but not the same. Ask the office for the "
              "newest."));
  }
  if (code.starts_with("kit.") || code == "roster.signature" || code == "roster.root") {
    return std::string(
        words("This file is not a kit of your office, or it is damaged. Nothing was taken from "
              "it. Ask the office for a new one."));
  }
  if (code == "roster.rollback") {
    return std::string(words("This kit is older than the one here. Ask the office for a new one."));
  }
  if (code == "device.not_enrolled") {
    return std::string(
        words("This tablet is not in the kit yet. The office must approve its request first and "
              "then make a new kit."));
  }
  if (code == "session.value_type") {
    return std::string(
        words("This cannot be read as the answer that is asked for. Check what was typed."));
  }
  if (code == "session.repeat_full") {
    return std::string(words("There are as many of these as the checklist allows."));
  }
  return std::string(words(error.message));
}

}  // namespace vigil::tablet
