/**
 * Programs that use Raphe as a library, each one screen long; a test runs them and reads what they
 * print.
 */
package org.raphe.examples;
