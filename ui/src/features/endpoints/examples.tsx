import { Stack, Tab, TabList, TabPanel, TabPanels, Tabs } from '@carbon/react';
import { SnippetText } from './snippet-text';
import { examples } from './snippets';

/** What to paste to get a token, list secrets and rotate one. */
export function Examples({ url, iamUrl = url }: { url: string; iamUrl?: string }) {
  const shown = examples(url, iamUrl);
  return (
    <section aria-labelledby="kt-examples">
      <h2 id="kt-examples" className="kt-endpoints__heading">
        Examples
      </h2>
      <Tabs>
        <TabList aria-label="Examples" contained={false}>
          {shown.map(({ name }) => (
            <Tab key={name}>{name}</Tab>
          ))}
        </TabList>
        <TabPanels>
          {shown.map(({ name, note, snippets }) => (
            <TabPanel key={name} className="kt-endpoints__panel">
              <Stack gap={6}>
                <p className="kt-endpoints__note">{note}</p>
                {snippets.map((snippet) => (
                  <SnippetText key={snippet.title} snippet={snippet} tool={name} />
                ))}
              </Stack>
            </TabPanel>
          ))}
        </TabPanels>
      </Tabs>
    </section>
  );
}
