/** Short programs that use Raphe as a library; a test runs them and reads what they print. */
package org.raphe.examples;
