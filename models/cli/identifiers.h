#pragma once

#include <string>

// Names of what is to be made: a word for files, packages, namespaces ("my_lock"), and for classes ("MyLock").

namespace doorway {

// Whether it can be all that: a lower-case letter, then those, digits and _; no keyword of C++, no name that the code
// made would hide.
bool IsGoodName(const std::string& name);

// A good name that is like a bad one: "my_lock" for "MyLock", "my-lock" and "my lock"; "lock_2" for "2". `kind` is such
// a name: "lock".
std::string GoodNameLike(const std::string& name, const std::string& kind);

// "MyLock" of "my_lock".
std::string ClassNameOf(const std::string& name);

// `text` with each occurrence of the identifier `from` replaced, and longer ones that contain it left as they are.
std::string WithIdentifier(const std::string& text, const std::string& from, const std::string& to);

// `text` with each occurrence of `from` replaced.
std::string WithText(std::string text, const std::string& from, const std::string& to);

}  // namespace doorway
