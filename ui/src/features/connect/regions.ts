/** Where IBM Cloud has Secrets Manager. */
export const regions: readonly { id: string; name: string }[] = [
  { id: 'us-south', name: 'Dallas (us-south)' },
  { id: 'us-east', name: 'Washington DC (us-east)' },
  { id: 'ca-tor', name: 'Toronto (ca-tor)' },
  { id: 'ca-mon', name: 'Montreal (ca-mon)' },
  { id: 'br-sao', name: 'São Paulo (br-sao)' },
  { id: 'eu-gb', name: 'London (eu-gb)' },
  { id: 'eu-de', name: 'Frankfurt (eu-de)' },
  { id: 'eu-es', name: 'Madrid (eu-es)' },
  { id: 'jp-tok', name: 'Tokyo (jp-tok)' },
  { id: 'jp-osa', name: 'Osaka (jp-osa)' },
  { id: 'au-syd', name: 'Sydney (au-syd)' },
  { id: 'in-mum', name: 'Mumbai (in-mum)' },
  { id: 'in-che', name: 'Chennai (in-che)' },
];
