#include "harness/stdcompat/testing/silent.h"

void SilentlyWrite(int* number, int value) { *number = value; }
