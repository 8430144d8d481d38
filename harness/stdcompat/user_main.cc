// main() of CDSChecker's tests, which have user_main() instead; linked only where there is no other.

extern "C" int user_main(int argc, char** argv) __attribute__((weak));  // in C, or where threads.h declares it
int cxx_user_main(int argc, char** argv) __asm__("_Z9user_mainiPPc") __attribute__((weak));

int main(int argc, char** argv) { return user_main != nullptr ? user_main(argc, argv) : cxx_user_main(argc, argv); }
